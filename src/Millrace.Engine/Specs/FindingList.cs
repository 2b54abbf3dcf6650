using Millrace.Core.Findings;

namespace Millrace.Engine.Specs;

/// <summary>Collects the findings of one file, up to a number that a person can still read.</summary>
internal sealed class FindingList(string file)
{
    private const int Most = 100;

    private readonly List<Finding> _findings = [];
    private int _beyond;

    public string File { get; } = file;

    /// <summary>True when something that the file says could not be taken over, so that checks would mislead.</summary>
    public bool HasErrors { get; private set; }

    public bool IsFull => _findings.Count >= Most;

    public void Add(Finding finding)
    {
        HasErrors |= finding.Severity == Severity.Error;
        if (IsFull)
            _beyond++;
        else
            _findings.Add(finding);
    }

    public void Error(string code, string message, SourceRef at, string? fix = null) =>
        Add(Finding.Error(code, message, at, fix));

    public IEnumerable<Finding> All() =>
        _beyond == 0
            ? _findings
            : _findings.Append(Finding.Error(
                SpecCodes.TooMany,
                $"{_beyond} more findings in this file are not shown",
                new SourceRef(File),
                "fix those above first"));
}
