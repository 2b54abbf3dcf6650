using System.CommandLine;
using Millrace.Cli.Commands;
using Millrace.Cli.Output;

namespace Millrace.Cli;

/// <summary>The tool as a whole: from the words of a command line to an exit code, with text on the console.</summary>
public static class Tool
{
    /// <summary>An interrupted command may have servers to stop; they take a few seconds on a busy machine.</summary>
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(30);

    /// <summary>Runs one command; whatever goes wrong is said on standard error.</summary>
    /// <param name="hearsSignals">Whether Ctrl-C and SIGTERM cancel it.</param>
    public static async Task<int> RunAsync(string[] words, bool hearsSignals = true)
    {
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = hearsSignals ? LongestGoodbye : null,
        };
        try
        {
            return await Root().Parse(words).InvokeAsync(invocation);
        }
        catch (Exception error)
        {
            return ErrorReport.Write(error);
        }
    }

    internal static RootCommand Root()
    {
        var root = new RootCommand("Millrace turns a fleet of ClickHouse servers into a stream processor and keeps it one.");
        foreach (var command in CommandList.All())
            root.Subcommands.Add(command);
        HelpWithExamples.AddTo(root);
        root.WithExamples(
            ("millrace dev demo", "the whole thing on this machine, in a minute"),
            ("millrace init shop && cd shop", "a commented project to start from"),
            ("millrace plan && millrace apply", "see what would change on the fleet, then change it"));
        return root;
    }
}
