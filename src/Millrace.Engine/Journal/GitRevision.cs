using System.ComponentModel;
using System.Diagnostics;

namespace Millrace.Engine.Journal;

/// <summary>Which revision of the project is applied, as Git tells.</summary>
/// <param name="Commit">Empty when the folder is not under Git, or there is no Git.</param>
/// <param name="Dirty">True when the folder has changes that are not committed.</param>
public sealed record GitRevision(string Commit, bool Dirty)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static GitRevision None { get; } = new("", false);

    public static async Task<GitRevision> ReadAsync(string folder, CancellationToken cancel)
    {
        var commit = RunAsync(folder, cancel, "rev-parse", "HEAD");
        var changes = RunAsync(folder, cancel, "status", "--porcelain", "--", ".");
        return await commit is { } hash ? new GitRevision(hash.Trim(), await changes is { Length: > 0 }) : None;
    }

    /// <summary>Null when it fails: the revision is an extra, and no reason not to apply.</summary>
    private static async Task<string?> RunAsync(string folder, CancellationToken cancel, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var git = Process.Start(start)!;
            var errors = git.StandardError.ReadToEndAsync(patience.Token);
            var output = await git.StandardOutput.ReadToEndAsync(patience.Token);
            await errors;
            await git.WaitForExitAsync(patience.Token);
            return git.ExitCode == 0 ? output : null;
        }
        catch (Exception error) when (error is Win32Exception || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }
}
