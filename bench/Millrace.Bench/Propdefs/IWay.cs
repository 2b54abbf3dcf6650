namespace Millrace.Bench.Propdefs;

/// <summary>A way to bring the definitions of a topic's properties into a Postgres table.</summary>
internal interface IWay
{
    /// <summary>For the report; also names its table, its groups and its database.</summary>
    string Name { get; }

    string Summary { get; }

    /// <summary>The topics it reads, the last one into Postgres, with its group for each.</summary>
    IReadOnlyList<(string Topic, string Group)> Reads { get; }

    Task StartAsync(CancellationToken cancel);

    /// <summary>True once it has read a message: joining a group is not the stream.</summary>
    Task<bool> HasBegunAsync(CancellationToken cancel);

    Task StopAsync(CancellationToken cancel);
}
