namespace Millrace.Cli;

/// <summary>What the process's exit code means; documented in <c>docs/commands/exit-codes.md</c>.</summary>
public static class ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Ok = 0;

    /// <summary>The user must fix something: the declaration, an option, a condition.</summary>
    public const int UserError = 1;

    /// <summary>Changes are pending (only with <c>--detailed-exitcode</c>).</summary>
    public const int ChangesPending = 2;

    /// <summary>Some nodes failed; the healthy ones finished.</summary>
    public const int NodesFailed = 3;

    /// <summary>A defect of Millrace itself.</summary>
    public const int Internal = 4;
}
