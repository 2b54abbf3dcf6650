using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Shapes;

namespace Millrace.Core.Sql;

/// <summary>A table as CREATE TABLE writes it. Engine and key expressions are ClickHouse text.</summary>
public sealed record TableDefinition
{
    public required ObjectName Name { get; init; }

    public required ImmutableArray<ColumnDefinition> Columns { get; init; }

    /// <summary>Engine with its arguments.</summary>
    public required string Engine { get; init; }

    public string? PartitionBy { get; init; }

    public ImmutableArray<string> PrimaryKey { get; init; } = [];

    public ImmutableArray<string> OrderBy { get; init; } = [];

    public string? Ttl { get; init; }

    public ImmutableSortedDictionary<string, string> Settings { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    public string Comment { get; init; } = "";

    public string ToSql()
    {
        var sql = new StringBuilder("CREATE TABLE IF NOT EXISTS ").Append(Quote.Name(Name)).Append("\n(\n");
        sql.AppendJoin(",\n", Columns.Select(column => $"    {column.ToSql()}"));
        sql.Append("\n)\nENGINE = ").Append(Engine);
        if (PartitionBy is not null)
            sql.Append("\nPARTITION BY ").Append(PartitionBy);
        if (!PrimaryKey.IsEmpty)
            sql.Append("\nPRIMARY KEY ").Append(Key(PrimaryKey));
        if (!OrderBy.IsEmpty)
            sql.Append("\nORDER BY ").Append(Key(OrderBy));
        if (Ttl is not null)
            sql.Append("\nTTL ").Append(Ttl);
        if (!Settings.IsEmpty)
            sql.Append("\nSETTINGS ").AppendJoin(", ", Settings.Select(s => $"{Quote.Name(s.Key)} = {Quote.Setting(s.Value)}"));
        if (Comment.Length > 0)
            sql.Append("\nCOMMENT ").Append(Quote.Text(Comment));
        return sql.ToString();
    }

    private static string Key(ImmutableArray<string> parts) =>
        parts.Length == 1 ? parts[0] : $"({string.Join(", ", parts)})";
}
