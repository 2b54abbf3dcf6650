using System.Collections.Immutable;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>ALTER statements for the clauses of a MergeTree table that can change in place.</summary>
internal static class EngineAlterSql
{
    /// <summary>Rows of other parts keep their TTL until they merge: <c>materialize_ttl_after_modify</c> is left to the server.</summary>
    public static ImmutableArray<string> Ttl(ObjectName table, EngineClauses now, EngineClauses then)
    {
        if (now.Ttl == then.Ttl)
            return [];
        var clause = then.Ttl.Length == 0 ? "REMOVE TTL" : $"MODIFY TTL {then.Ttl}";
        return [$"ALTER TABLE {Quote.Name(table)} {clause}"];
    }

    public static ImmutableArray<string> Settings(ObjectName table, EngineClauses now, EngineClauses then)
    {
        var set = then.Settings.Where(s => !now.Settings.TryGetValue(s.Key, out var old) || old != s.Value)
            .Select(s => $"{Quote.Name(s.Key)} = {s.Value}").ToList();
        var reset = now.Settings.Keys.Where(key => !then.Settings.ContainsKey(key)).Select(Quote.Name).ToList();
        var statements = ImmutableArray.CreateBuilder<string>();
        if (set.Count > 0)
            statements.Add($"ALTER TABLE {Quote.Name(table)} MODIFY SETTING {string.Join(", ", set)}");
        if (reset.Count > 0)
            statements.Add($"ALTER TABLE {Quote.Name(table)} RESET SETTING {string.Join(", ", reset)}");
        return statements.ToImmutable();
    }
}
