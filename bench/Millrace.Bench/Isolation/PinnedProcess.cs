using System.Diagnostics;
using System.Globalization;

namespace Millrace.Bench.Isolation;

/// <summary>Gives a running process one core, as <c>taskset</c> does.</summary>
internal static class PinnedProcess
{
    /// <exception cref="InvalidOperationException"><c>taskset</c> refused.</exception>
    public static async Task PinAsync(int process, int core, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("taskset", ["-a", "-c", "-p", $"{core}", process.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var taskset = Process.Start(start)!;
        var output = taskset.StandardOutput.ReadToEndAsync(cancel);
        var errors = taskset.StandardError.ReadToEndAsync(cancel);
        await taskset.WaitForExitAsync(cancel);
        if (taskset.ExitCode != 0)
            throw new InvalidOperationException($"taskset: {await errors}{await output}");
    }
}
