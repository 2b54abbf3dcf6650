using Millrace.Core.Shapes;

namespace Millrace.Core.Sql;

/// <summary>
/// A materialized view that writes to a table (<c>TO</c>). Its column list is left to the server: MODIFY QUERY derives it
/// anew, and a pinned list would differ for ever after.
/// </summary>
public sealed record ViewDefinition
{
    public required ObjectName Name { get; init; }

    public required ObjectName Target { get; init; }

    public required string Select { get; init; }

    public string Comment { get; init; } = "";

    public string ToSql() =>
        $"CREATE MATERIALIZED VIEW IF NOT EXISTS {Quote.Name(Name)} TO {Quote.Name(Target)}\n"
        + $"{(Comment.Length > 0 ? $"COMMENT {Quote.Text(Comment)}\n" : "")}AS {Select}";
}
