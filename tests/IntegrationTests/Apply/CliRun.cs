using System.Diagnostics;
using Millrace.Embedded;

namespace Millrace.IntegrationTests.Apply;

/// <summary>One run of the tool as a process of its own.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private CliRun(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public int ProcessId => process.Id;

    /// <param name="fault">Value of MILLRACE_FAULT; null for none.</param>
    public static CliRun Start(string folder, string? fault, params string[] arguments)
    {
        var start = new ProcessStartInfo(MillraceExecutable.Locate(), arguments)
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // libchdb is looked for upward from the working directory, which is not the repository here.
        start.Environment[LibChdb.Variable] = LibChdb.Locate();
        if (fault is not null)
            start.Environment["MILLRACE_FAULT"] = fault;
        return new CliRun(Process.Start(start)!);
    }

    public static async Task<(int Exit, string Output, string Errors)> RunAsync(string folder, string? fault, params string[] arguments)
    {
        using var run = Start(folder, fault, arguments);
        return await run.EndAsync();
    }

    public async Task<(int Exit, string Output, string Errors)> EndAsync()
    {
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Whether the process is stopped by a signal.</summary>
    public bool IsFrozen => File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[^1][0] == 'T';

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
