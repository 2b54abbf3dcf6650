namespace Millrace.Core.Findings;

/// <summary>Something the user should know or must fix, with where it is and what to do.</summary>
/// <param name="Code">Stable code such as <c>MR101</c>; <c>docs/checks/CODE.md</c> explains it.</param>
/// <param name="Message">One sentence: what is wrong, with the names and numbers involved.</param>
/// <param name="At">Where in the project; null when the finding is about a live node.</param>
/// <param name="Fix">What to write instead, or the next command.</param>
/// <param name="Detail">Evidence under the headline: the path that breaks, the values seen.</param>
public sealed record Finding(
    string Code,
    Severity Severity,
    string Message,
    SourceRef? At = null,
    string? Fix = null,
    string? Detail = null)
{
    /// <summary>The node that a live finding is about; null for one about the declaration.</summary>
    public string? Node { get; init; }

    /// <summary>The object that a change damages, <c>database.name</c>; null for findings that are not about one.</summary>
    public string? Subject { get; init; }

    /// <summary>The same finding, about one node.</summary>
    public Finding On(string node) => this with { Node = node };

    public static Finding Error(string code, string message, SourceRef? at = null, string? fix = null) =>
        new(code, Severity.Error, message, at, fix);

    public static Finding Warning(string code, string message, SourceRef? at = null, string? fix = null) =>
        new(code, Severity.Warning, message, at, fix);
}
