using System.Diagnostics;
using Millrace.Engine;

namespace Millrace.Embedded;

/// <summary>
/// A child process that ends when this one does, however this one ends: it reads its standard input, whose other end
/// only we hold. Its output goes to a file.
/// </summary>
public sealed class OwnedProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task output;

    private OwnedProcess(Process process, string outputFile)
    {
        this.process = process;
        OutputFile = outputFile;
        output = CopyOutputAsync();
    }

    public int Id => process.Id;

    /// <summary>Only once it has exited.</summary>
    public int ExitCode => process.ExitCode;

    public bool HasExited => process.HasExited;

    /// <summary>What the child wrote to standard output and standard error.</summary>
    public string OutputFile { get; }

    /// <summary>Starts <paramref name="executable"/> with its output going to <paramref name="outputFile"/>, which is overwritten.</summary>
    public static OwnedProcess Start(string executable, IEnumerable<string> arguments, string outputFile)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(outputFile))!);
        var start = new ProcessStartInfo(executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.TryAdd("DOTNET_EnableWriteXorExecute", "0"); // Starts in half the time; it compiles nothing that is not ours.
        var child = Process.Start(start) ?? throw new UserErrorException($"{executable} could not be started.");
        return new OwnedProcess(child, outputFile);
    }

    public Task WaitForExitAsync(CancellationToken cancel = default) => process.WaitForExitAsync(cancel);

    /// <summary>Closes the child's input, waits for it to leave, and kills it when it has not left after <paramref name="grace"/>.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (process.HasExited)
            return;
        Resume();
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(grace);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    /// <summary>Ends the child at once, without a chance to clean up (<c>kill -9</c>).</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Freezes the child: its connections stay open and nothing answers.</summary>
    public void Pause()
    {
        if (!process.HasExited)
            UnixProcess.Pause(process.Id);
    }

    public void Resume()
    {
        if (!process.HasExited)
            UnixProcess.Resume(process.Id);
    }

    /// <summary>The end of what the child wrote, for an error message.</summary>
    public async Task<string> LastOutputAsync(int lines = 10)
    {
        if (process.HasExited)
            await output;
        return File.Exists(OutputFile) ? string.Join('\n', File.ReadLines(OutputFile).TakeLast(lines)) : "";
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(5));
        await output;
        process.Dispose();
    }

    private async Task CopyOutputAsync()
    {
        await using var file = new FileStream(OutputFile, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        await Task.WhenAll(CopyAsync(process.StandardOutput.BaseStream), CopyAsync(process.StandardError.BaseStream));

        async Task CopyAsync(Stream source)
        {
            var buffer = new byte[4096];
            for (int read; (read = await source.ReadAsync(buffer)) > 0;)
            {
                lock (file)
                {
                    file.Write(buffer, 0, read);
                    file.Flush();
                }
            }
        }
    }
}
