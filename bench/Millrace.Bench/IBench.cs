using System.Text.Json.Nodes;

namespace Millrace.Bench;

/// <summary>One measurement that people can repeat: <c>./run bench NAME</c>.</summary>
public interface IBench
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>One line for the list of benches.</summary>
    string Summary { get; }

    /// <summary>Measures, writes tables for people to <paramref name="report"/>, and returns the figures.</summary>
    Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel);
}
