using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;

namespace Millrace.Engine.Breaking;

/// <summary>
/// Two statements with nothing between them, as files that are joined have them where one ends without a semicolon. They are
/// taken apart where a line begins a statement, if the engine reads the parts and not the whole: so it is one thing that is wrong.
/// </summary>
internal static class Semicolons
{
    private const int SyntaxError = 62;

    /// <summary>Statements, taken apart where one is several; and those with a semicolon missing before them.</summary>
    /// <param name="read">Of a statement, where to ask (null: nowhere), its text and its place.</param>
    /// <param name="part">A part of a statement, with another text and place.</param>
    public static async Task<(ImmutableArray<T> Statements, ImmutableArray<(T Statement, EngineFault Fault)> Missing)> ApartAsync<T>(
        IEnumerable<T> all, Func<T, (RoleRig? Rig, string Sql, SourceRef? At)> read, Func<T, string, SourceRef, T> part, CancellationToken cancel)
    {
        var statements = ImmutableArray.CreateBuilder<T>();
        var missing = ImmutableArray.CreateBuilder<(T, EngineFault)>();
        foreach (var statement in all)
        {
            var (rig, whole, place) = read(statement);
            if (rig is null || place is null || await SplitAsync(rig, whole, place, cancel) is not { } parts)
            {
                statements.Add(statement);
                continue;
            }

            foreach (var (i, (sql, at)) in parts.Index())
            {
                statements.Add(part(statement, sql, at));
                if (i > 0)
                    missing.Add((statements[^1], Missing(parts[i - 1].At)));
            }
        }

        return (statements.ToImmutable(), missing.ToImmutable());
    }

    /// <summary>The parts of a statement that is several; null for one that is as it should be, or wrong otherwise.</summary>
    private static async Task<ImmutableArray<(string Sql, SourceRef At)>?> SplitAsync(RoleRig rig, string sql, SourceRef at, CancellationToken cancel)
    {
        var starts = Statements.StartsWithin(sql).ToList();
        if (starts.Count == 0 || await rig.SyntaxAsync(sql, cancel) is not null)
            return null;
        var parts = ImmutableArray.CreateBuilder<(string Sql, SourceRef At)>();
        var begin = 0;
        foreach (var start in starts)
            if (await rig.SyntaxAsync(sql[begin..start].Trim(), cancel) is not null)
            {
                parts.Add((sql[begin..start].Trim(), Place(begin)));
                begin = start;
            }

        if (begin == 0 || await rig.SyntaxAsync(sql[begin..], cancel) is null)
            return null;
        parts.Add((sql[begin..], Place(begin)));
        return parts.ToImmutable();

        SourceRef Place(int offset)
        {
            var line = sql.AsSpan(0, offset).Count('\n');
            return line == 0 ? at : at with { Line = at.Line + line, Column = offset - sql.LastIndexOf('\n', offset - 1), Length = sql[offset..].Split('\n')[0].TrimEnd().Length };
        }
    }

    private static EngineFault Missing(SourceRef before) =>
        new(SyntaxError, "SYNTAX_ERROR", $"a `;` is missing between it and the statement before it, on line {before.Line}; what follows is judged as if it were there");
}
