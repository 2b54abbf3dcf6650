namespace Millrace.Core.Findings;

/// <summary>How much a finding matters: errors stop a plan, warnings do not.</summary>
public enum Severity
{
    Info,
    Warning,
    Error,
}
