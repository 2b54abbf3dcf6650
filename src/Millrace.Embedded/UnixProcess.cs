using Millrace.Embedded.Bindings;

namespace Millrace.Embedded;

/// <summary>Signals, which .NET can receive but not send.</summary>
public static class UnixProcess
{
    private static readonly int StopSignal = OperatingSystem.IsMacOS() ? 17 : 19;
    private static readonly int ContinueSignal = OperatingSystem.IsMacOS() ? 19 : 18;

    /// <summary>SIGHUP.</summary>
    public static void HangUp(int process) => Send(process, 1);

    /// <summary>SIGUSR2, which tells HAProxy's master to take its configuration anew.</summary>
    public static void Reload(int process) => Send(process, OperatingSystem.IsMacOS() ? 31 : 12);

    /// <summary>SIGTERM.</summary>
    public static void Terminate(int process) => Send(process, 15);

    /// <summary>SIGKILL.</summary>
    public static void Kill(int process) => Send(process, 9);

    /// <summary>SIGSTOP: the process freezes where it is.</summary>
    public static void Pause(int process) => Send(process, StopSignal);

    /// <summary>SIGCONT.</summary>
    public static void Resume(int process) => Send(process, ContinueSignal);

    /// <summary>Takes SIGHUP back from <c>nohup</c>: .NET hears no signal that was ignored when it started.</summary>
    public static void HearHangUp() => _ = LibC.Signal(1, handler: 0);

    /// <summary>Takes this process out of reach of its terminal's Ctrl-C and hang-up.</summary>
    public static void LeaveTerminal() => _ = LibC.SetSid();

    /// <summary>A process that is gone needs no signal, so the result does not matter.</summary>
    private static void Send(int process, int signal) => _ = LibC.Kill(process, signal);
}
