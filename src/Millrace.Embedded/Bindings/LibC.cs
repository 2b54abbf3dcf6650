using System.Runtime.InteropServices;

namespace Millrace.Embedded.Bindings;

/// <summary>The few system calls that .NET does not offer.</summary>
internal static partial class LibC
{
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    internal static partial nint Signal(int signal, nint handler);

    /// <summary>Makes this process the leader of its own session, out of reach of its terminal's Ctrl-C and hang-up.</summary>
    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    internal static partial int SetSid();
}
