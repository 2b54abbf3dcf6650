using System.Globalization;
using Millrace.Core.Findings;
using Millrace.Core.Locking;

namespace Millrace.Engine.Locking;

/// <summary>This process as the holder of a lock, and whether another holder on this machine is dead.</summary>
public static class LocalProcess
{
    /// <summary>Field of <c>/proc/PID/stat</c>, counted from the one after the name: when the process started.</summary>
    private const int StartTimeField = 19;

    public static Holder Holder(Redaction redaction)
    {
        var arguments = Environment.GetCommandLineArgs();
        var command = string.Join(' ', [Path.GetFileNameWithoutExtension(arguments[0]), .. arguments[1..]]);
        var id = Environment.ProcessId;
        return new Holder(Environment.UserName, Environment.MachineName, id, Name(id), redaction.Apply(command));
    }

    /// <summary>
    /// True only when the holder ran on this machine, in this process namespace and since this boot, and its process is
    /// gone. Then nobody has to wait for its lease to end.
    /// </summary>
    public static bool IsSurelyDead(Holder holder)
    {
        if (holder.Process.Length == 0 || Surroundings() is not { } here || !holder.Process.StartsWith(here + "/", StringComparison.Ordinal))
            return false;
        return Name(holder.ProcessId) != holder.Process;
    }

    /// <summary>Empty for a process that is gone, and on systems without <c>/proc</c>.</summary>
    private static string Name(int process) =>
        Surroundings() is { } here && StartTime(process) is { } start
            ? string.Create(CultureInfo.InvariantCulture, $"{here}/{process}/{start}")
            : "";

    /// <summary>The boot and the process namespace: within both, a process id and its start time name one process.</summary>
    private static string? Surroundings()
    {
        const string boot = "/proc/sys/kernel/random/boot_id";
        const string space = "/proc/self/ns/pid";
        return File.Exists(boot) && File.ResolveLinkTarget(space, returnFinalTarget: false) is { } link
            ? $"{File.ReadAllText(boot).Trim()}/{link.Name}"
            : null;
    }

    private static string? StartTime(int process)
    {
        try
        {
            // The name stands in parentheses and may hold anything, also parentheses.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[StartTimeField];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }
}
