using System.Diagnostics;
using Millrace.Embedded;

namespace Millrace.IntegrationTests;

/// <summary>Runs the real <c>millrace</c> executable.</summary>
public static class MillraceCli
{
    /// <summary>Runs one command in <paramref name="folder"/> to its end.</summary>
    public static Task<(int Exit, string Output, string Errors)> RunAsync(string folder, params string[] arguments) =>
        FinishAsync(Start(folder, arguments));

    /// <summary>The same, with one more environment variable.</summary>
    public static Task<(int Exit, string Output, string Errors)> RunWithAsync(
        string variable, string value, string folder, params string[] arguments)
    {
        var start = Command(folder, arguments);
        start.Environment[variable] = value;
        return FinishAsync(Process.Start(start)!);
    }

    /// <summary>The same, started by another program such as <c>nohup</c>.</summary>
    public static Task<(int Exit, string Output, string Errors)> RunThroughAsync(string program, string folder, params string[] arguments)
    {
        var start = Command(folder, [MillraceExecutable.Locate(), .. arguments]);
        start.FileName = program;
        return FinishAsync(Process.Start(start)!);
    }

    public static Process Start(string folder, params string[] arguments) => Process.Start(Command(folder, arguments))!;

    private static async Task<(int Exit, string Output, string Errors)> FinishAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = Patience.Token();
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }

    private static ProcessStartInfo Command(string folder, string[] arguments) => new(MillraceExecutable.Locate(), arguments)
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
