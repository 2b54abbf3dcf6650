namespace Millrace.Cli.Output;

/// <summary>How much of a plan is printed.</summary>
public enum PlanDetail
{
    /// <summary>Every step if they fit a screen, else one line per owner and what is more than safe.</summary>
    Screen,

    /// <summary>Every step in a line.</summary>
    All,

    /// <summary>Every step with its statements in full.</summary>
    Sql,
}
