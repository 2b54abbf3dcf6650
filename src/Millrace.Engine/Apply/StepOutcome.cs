namespace Millrace.Engine.Apply;

/// <summary>How one step ended on one node.</summary>
/// <param name="Error">What went wrong, or why it was not tried; empty when it is done.</param>
public sealed record StepOutcome(StepResult Result, TimeSpan Took, string Error = "")
{
    /// <summary>The server's error code; 0 when the error is not the server's.</summary>
    public int ServerCode { get; init; }
}
