using System.Diagnostics;
using Millrace.Embedded;

namespace Millrace.IntegrationTests;

/// <summary>Runs the real <c>millrace</c> executable.</summary>
public static class MillraceCli
{
    /// <summary>Runs one command in <paramref name="folder"/> to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }

    public static Process Start(string folder, params string[] arguments) => Process.Start(
        new ProcessStartInfo(MillraceExecutable.Locate(), arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
