using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking;

/// <summary>A table that treats rows as another one does, and needs no replicas: for trying out a table as it was, too.</summary>
public static class TableClone
{
    private static readonly string[] Shared = ["Replicated", "Shared"];

    /// <summary>The statement that makes it, without TTL: rows of any time can be put in.</summary>
    /// <param name="name">As it stands in SQL.</param>
    public static string Create(ObjectShape table, string name)
    {
        var head = EngineClauses.Read(table.EngineFull).Head;
        return $"CREATE TABLE {name} ({string.Join(", ", table.Columns.Select(Column))}) ENGINE = {WithoutReplica(head)} SETTINGS allow_nullable_key = 1";
    }

    /// <summary>A column as a CREATE statement has it, without words and codecs.</summary>
    public static string Column(ColumnShape column) =>
        $"{Quote.Name(column.Name)} {column.Type}{(column.DefaultKind.Length > 0 ? $" {column.DefaultKind} {column.DefaultExpression}" : "")}";

    /// <summary>An engine clause without path and replica, which are the first arguments where they are given.</summary>
    public static string WithoutReplica(string engine)
    {
        var prefix = Array.Find(Shared, word => engine.StartsWith(word, StringComparison.Ordinal));
        if (prefix is null)
            return engine;
        var plain = engine[prefix.Length..];
        var (open, name) = (plain.IndexOf('(', StringComparison.Ordinal), plain.Split('(', ' ')[0]);
        if (open != name.Length)
            return plain;
        var arguments = EngineClauses.Inside(plain, open);
        var kept = EngineClauses.TopLevelSplit(arguments).Select(argument => argument.Trim()).SkipWhile(argument => argument.StartsWith('\''));
        return $"{name}({string.Join(", ", kept)}){plain[(open + arguments.Length + 2)..]}";
    }
}
