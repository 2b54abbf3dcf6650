using System.Text;
using System.Text.RegularExpressions;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Lab;

/// <summary>Statements as the lab can run them.</summary>
internal static partial class LabSql
{
    /// <summary>Drops what others still need: it comes back, or all of them go.</summary>
    public static StatementOptions Unasked { get; } = new()
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["check_table_dependencies"] = "0", ["check_referential_table_dependencies"] = "0" },
    };

    /// <summary>Drops every database but the server's own, and makes the one that a server has from its start.</summary>
    public static async Task EmptyAsync(INodeConnection lab, CancellationToken cancel)
    {
        var names = await lab.QueryAsync(
            $"SELECT name FROM system.databases WHERE name NOT IN ({ServerDatabases.Names}) FORMAT TSVRaw", cancel: cancel);
        foreach (var name in Encoding.UTF8.GetString(names).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await lab.ExecuteAsync($"DROP DATABASE {Quote.Name(name)} SYNC", Unasked, cancel);
        await lab.ExecuteAsync("CREATE DATABASE default ENGINE = Atomic", cancel: cancel);
    }

    private static readonly string[] Heads = ["CREATE TABLE IF NOT EXISTS ", "CREATE TABLE "];

    /// <summary>
    /// Replicated tables cannot be created without Keeper, but they can be attached: they are read-only then, and their
    /// definition reads back the same.
    /// </summary>
    public static string ForLab(string createSql)
    {
        if (!createSql.Contains("Replicated", StringComparison.Ordinal))
            return createSql;
        foreach (var head in Heads)
        {
            if (!createSql.StartsWith(head, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = createSql[head.Length..].TrimStart();
            var nameEnds = rest.IndexOfAny([' ', '\n', '(']);
            if (nameEnds > 0)
                return $"ATTACH TABLE {rest[..nameEnds]} UUID '{Guid.NewGuid()}' {rest[nameEnds..]}";
        }

        return createSql;
    }

    /// <summary>
    /// With an identity of its own, where a path may be made of it (<c>{uuid}</c>, also by default): the server gives one to
    /// statements <c>ON CLUSTER</c> only, and the lab runs them without.
    /// </summary>
    public static string WithIdentity(string createSql) =>
        createSql.Contains("Replicated", StringComparison.OrdinalIgnoreCase) && Head().Match(createSql) is { Success: true } head
            ? createSql.Insert(head.Length, $" UUID '{Guid.NewGuid()}'")
            : createSql;

    /// <summary>The engines of the maker's own cloud, as what they are made after; null when there is none in it.</summary>
    public static string? WithoutCloud(string createSql) =>
        CloudEngine().IsMatch(createSql) ? CloudEngine().Replace(createSql, "${engine}Replicated${kind}") : null;

    [GeneratedRegex(
        """\A\s*CREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?((\w+|`([^`\\]|\\.)*`|"([^"\\]|\\.)*")\s*\.\s*)?(\w+|`([^`\\]|\\.)*`|"([^"\\]|\\.)*")(?!\s*\.)(?!\w)(?!\s+UUID\b)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Head();

    [GeneratedRegex(@"(?<engine>\bENGINE\s*=\s*)Shared(?<kind>\w*MergeTree\b)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CloudEngine();
}
