namespace Millrace.Engine.Lab;

/// <summary>Statements as the lab can run them.</summary>
internal static class LabSql
{
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
}
