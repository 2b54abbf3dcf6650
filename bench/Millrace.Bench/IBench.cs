using System.Text.Json.Nodes;
using Millrace.Engine;

namespace Millrace.Bench;

/// <summary>One measurement that people can repeat: <c>./run bench NAME</c>.</summary>
public interface IBench
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>One line for the list of benches.</summary>
    string Summary { get; }

    /// <summary>The bench with what else stood on the command line.</summary>
    /// <exception cref="UserErrorException">An option is not known or has a wrong value.</exception>
    IBench With(IReadOnlyList<string> options) => options.Count == 0
        ? this
        : throw new UserErrorException($"the bench {Name} has no option {options[0]}");

    /// <summary>Whether the figures are what Millrace promises; when not, the exit code is 1.</summary>
    bool Holds(JsonObject figures) => true;

    /// <summary>Measures, writes tables for people to <paramref name="report"/>, and returns the figures.</summary>
    Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel);
}
