using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Engine.Specs;

/// <summary>
/// Splits a file of <c>schema/</c> into statements. It knows lines, not SQL: a header <c>-- role: data, query</c> says where
/// what follows belongs, and a statement ends with the line whose last character is a semicolon.
/// </summary>
internal sealed partial class SchemaFileReader(FindingList findings)
{
    private readonly ImmutableArray<SchemaStatement>.Builder _statements = ImmutableArray.CreateBuilder<SchemaStatement>();
    private readonly List<string> _open = [];
    private SourceRef _start = new(findings.File);
    private ImmutableArray<string> _roles = [];
    private bool _hasRoles;
    private bool _saidNoRole;

    public static ImmutableArray<SchemaStatement> Read(string text, FindingList findings)
    {
        var reader = new SchemaFileReader(findings);
        var number = 0;
        foreach (var line in text.Split('\n'))
            reader.Take(line.TrimEnd('\r', ' ', '\t'), ++number);
        reader.ReportOpen();
        return reader._statements.ToImmutable();
    }

    private void Take(string line, int number)
    {
        var isComment = line.TrimStart().StartsWith("--", StringComparison.Ordinal);
        if (isComment && Header().Match(line) is { Success: true } header)
        {
            ReportOpen();
            ReadRoles(header.Groups["roles"], number);
            return;
        }

        if (_open.Count == 0 && (line.Length == 0 || isComment))
            return;
        var at = new SourceRef(
            findings.File, number, 1 + line.Length - line.TrimStart().Length, line.TrimStart().Length);
        if (_open.Count == 0)
            _start = at;
        if (line.Contains("${env:", StringComparison.Ordinal) || line.Contains("${file:", StringComparison.Ordinal))
            findings.Error(
                SpecCodes.SqlReference,
                "references are not filled in here: statements are shown in plans",
                at,
                "put the secret in a named collection on the nodes");
        _open.Add(line);
        if (!isComment && line.EndsWith(';'))
            Close();
    }

    private void ReadRoles(Group roles, int number)
    {
        _roles = [.. roles.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        _hasRoles = true;
        if (_roles.IsEmpty)
            findings.Error(
                SpecCodes.SqlWithoutRole,
                "the header names no role",
                new SourceRef(findings.File, number, 1),
                "-- role: data, query");
    }

    private void Close()
    {
        var sql = string.Join('\n', _open).TrimEnd(';', ' ', '\t');
        _open.Clear();
        if (_hasRoles)
            _statements.Add(new SchemaStatement(_roles, sql, _start));
        else if (!_saidNoRole)
            findings.Error(
                SpecCodes.SqlWithoutRole,
                "a statement before any header: nothing says which roles it is for",
                _start,
                "put a line such as `-- role: data, query` above it");
        _saidNoRole |= !_hasRoles;
    }

    private void ReportOpen()
    {
        if (_open.Count > 0)
            findings.Error(
                SpecCodes.SqlWithoutEnd,
                "this statement has no end",
                _start,
                "end its last line with `;` (a comment behind it hides it)");
        _open.Clear();
    }

    [GeneratedRegex(@"^\s*--\s*roles?\s*:(?<roles>.*)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();
}
