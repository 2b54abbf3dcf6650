namespace Millrace.Engine.Apply;

/// <summary>How one step ended on one node.</summary>
public enum StepResult
{
    /// <summary>Every statement ran, and reading back found what was expected.</summary>
    Done,

    Failed,

    /// <summary>Not tried, because something it builds on failed.</summary>
    Skipped,
}
