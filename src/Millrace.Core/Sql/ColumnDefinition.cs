using System.Text;

namespace Millrace.Core.Sql;

/// <summary>A column as it is written in CREATE TABLE. Type and expressions are ClickHouse text of the user's.</summary>
/// <param name="DefaultKind"><c>DEFAULT</c>, <c>MATERIALIZED</c>, <c>ALIAS</c> or empty.</param>
/// <param name="Codec">Codecs without the word CODEC, such as <c>ZSTD(3)</c>.</param>
public sealed record ColumnDefinition(
    string Name,
    string Type,
    string DefaultKind = "",
    string DefaultExpression = "",
    string? Codec = null,
    string? Comment = null)
{
    public string ToSql()
    {
        var sql = new StringBuilder(Quote.Name(Name)).Append(' ').Append(Type);
        if (DefaultKind.Length > 0)
            sql.Append(' ').Append(DefaultKind).Append(' ').Append(DefaultExpression);
        if (!string.IsNullOrEmpty(Comment))
            sql.Append(" COMMENT ").Append(Quote.Text(Comment));
        if (!string.IsNullOrEmpty(Codec))
            sql.Append(" CODEC(").Append(Codec).Append(')');
        return sql.ToString();
    }

    /// <summary>The same column with its name and type only, as tables without storage have it.</summary>
    public ColumnDefinition Bare() => new(Name, Type);
}
