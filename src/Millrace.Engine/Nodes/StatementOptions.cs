namespace Millrace.Engine.Nodes;

/// <summary>How one statement is run.</summary>
public sealed record StatementOptions
{
    /// <summary>ClickHouse settings of this statement.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>Values of <c>{name:Type}</c> placeholders.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary>Overrides the connection's statement timeout.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// True when running it twice is harmless, so that a lost answer may be retried. Statements that change data are
    /// not retried after they may have reached the server.
    /// </summary>
    public bool Idempotent { get; init; } = true;

    /// <summary>Asks for a compressed answer: worth it for answers of a megabyte, not for small ones.</summary>
    public bool Compress { get; init; }

    /// <summary>Identifies the query on the server, so that it can be found or killed.</summary>
    public string? QueryId { get; init; }
}
