using Millrace.Cli;

namespace Millrace.Bench.Running;

/// <summary>
/// The same commands as <see cref="MillraceProcess"/>, but within this process, many at a time: where nothing is killed, a
/// process of its own would spend more time on starting than on the command.
/// </summary>
internal static class MillraceInProcess
{
    private static readonly AsyncLocal<(TextWriter Output, TextWriter Errors)?> Current = new();

    static MillraceInProcess()
    {
        Console.SetOut(new AmbientWriter(Console.Out, () => Current.Value?.Output));
        Console.SetError(new AmbientWriter(Console.Error, () => Current.Value?.Errors));
    }

    /// <param name="folder">That of the project.</param>
    public static async Task<(int Exit, string Output, string Errors)> RunAsync(string folder, params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter()); // The console locks for all of them.
        Current.Value = (output, errors); // Of this call only: what an async method sets ends with it.
        var exit = await Tool.RunAsync([.. arguments, "--project", folder], hearsSignals: false);
        return (exit, output.ToString(), errors.ToString());
    }
}
