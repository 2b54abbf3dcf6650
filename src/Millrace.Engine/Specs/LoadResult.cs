using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Engine.Specs;

/// <summary>What became of reading a project.</summary>
/// <param name="Project">The declaration; null when something in it is an error.</param>
/// <param name="Findings">Everything worth saying, by file and line. No finding shows a value that a reference stands for.</param>
/// <param name="Redaction">Takes the values of references and passwords out of any text that is to be printed.</param>
public sealed record LoadResult(Project? Project, ImmutableArray<Finding> Findings, Redaction Redaction)
{
    public bool HasErrors => Findings.Any(f => f.Severity == Severity.Error);
}
