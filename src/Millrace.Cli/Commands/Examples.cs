using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Millrace.Cli.Commands;

/// <summary>Examples that <c>--help</c> shows after the options.</summary>
public static class Examples
{
    private static readonly ConditionalWeakTable<Command, IReadOnlyList<(string Line, string What)>> Known = [];

    /// <summary>Gives a command its examples: lines that can be pasted, each with what it does.</summary>
    public static Command WithExamples(this Command command, params IReadOnlyList<(string Line, string What)> examples)
    {
        Known.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>The command's examples; none when it has not been given any.</summary>
    public static IReadOnlyList<(string Line, string What)> Of(Command command) => Known.TryGetValue(command, out var examples) ? examples : [];
}
