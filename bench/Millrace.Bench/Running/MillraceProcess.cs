using System.Diagnostics;
using Millrace.Embedded;

namespace Millrace.Bench.Running;

/// <summary>The real <c>millrace</c> as a process of its own, which can be killed.</summary>
internal sealed class MillraceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private MillraceProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Exit code of a process that SIGKILL ended.</summary>
    public const int Killed = 128 + 9;

    /// <param name="fault">The value of <c>MILLRACE_FAULT</c>, which kills it in its middle; null for none.</param>
    public static MillraceProcess Start(string folder, string? fault, params string[] arguments) => Start(folder, fault, [], arguments);

    /// <param name="environment">Further variables.</param>
    public static MillraceProcess Start(string folder, string? fault, IEnumerable<KeyValuePair<string, string>> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(MillraceExecutable.Locate(), arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[LibChdb.Variable] = LibChdb.Locate(); // It would look upward from the project's folder.
        if (fault is not null)
            start.Environment["MILLRACE_FAULT"] = fault;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new MillraceProcess(Process.Start(start)!);
    }

    public bool HasExited => process.HasExited;

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Text)> EndAsync(CancellationToken cancel)
    {
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, (await output + await errors).Trim());
    }

    /// <summary>Ends it at once (<c>kill -9</c>), with what it had started.</summary>
    /// <returns>All that it wrote.</returns>
    public async Task<string> KillAsync()
    {
        process.Kill(entireProcessTree: true);
        return (await EndAsync(CancellationToken.None)).Text;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }
}
