using Millrace.Core.Model;
using Millrace.HashRing;

namespace Millrace.Engine.Specs;

/// <summary>Writes the lock file of a ring.</summary>
public static class RingFile
{
    /// <summary>Writes the whole file, or nothing of it.</summary>
    public static void Write(string folder, Ring ring, RingLock held)
    {
        var path = Path.Combine(folder, ring.LockFile);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}";
        File.WriteAllText(draft, RingLockJson.Render(held));
        File.Move(draft, path, overwrite: true);
    }
}
