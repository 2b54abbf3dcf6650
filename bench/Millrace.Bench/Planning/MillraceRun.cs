using System.Diagnostics;
using Millrace.Bench.Measuring;
using Millrace.Embedded;

namespace Millrace.Bench.Planning;

/// <summary>One run of the real executable.</summary>
/// <param name="CpuSeconds">Of the process and of everything it started: start of the runtime, reading YAML, labs.</param>
public sealed record MillraceRun(string Output, double CpuSeconds, double WallSeconds)
{
    /// <summary>Runs a command on the project in <paramref name="folder"/> to its end. No other child may end meanwhile.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    public static async Task<MillraceRun> OfAsync(string folder, CancellationToken cancel, params string[] arguments)
    {
        var before = CpuTime.OfEndedChildren();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(MillraceExecutable.Locate(), [.. arguments, "--project", folder])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"millrace {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await errors}{await output}");
        return new MillraceRun(await output, CpuTime.OfEndedChildren() - before, watch.Elapsed.TotalSeconds);
    }
}
