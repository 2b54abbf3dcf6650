using System.Diagnostics;

namespace Millrace.Embedded;

/// <summary>
/// Says that a process uses a folder. The kernel takes it back when the process ends, however it ends, which a file with
/// a process id cannot promise.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, waiting for at most <paramref name="patience"/>; null when another process keeps it.</summary>
    public static FolderLock? Take(string lockFile, TimeSpan patience = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);
        var since = Stopwatch.StartNew();
        while (true)
        {
            if (TryOpen(lockFile) is { } file)
                return new FolderLock(file);
            if (since.Elapsed >= patience)
                return null;
            Thread.Sleep(20);
        }
    }

    /// <summary>Whether some process has the lock now.</summary>
    public static bool IsHeld(string lockFile)
    {
        if (!File.Exists(lockFile))
            return false;
        using var mine = Take(lockFile);
        return mine is null;
    }

    public void Dispose() => file.Dispose();

    private static FileStream? TryOpen(string lockFile)
    {
        try
        {
            return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult is LinuxWouldBlock or MacWouldBlock)
        {
            return null;
        }
    }
}
