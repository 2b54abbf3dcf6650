namespace Millrace.Core.Shapes;

/// <summary>The full name of a ClickHouse object.</summary>
public sealed record ObjectName(string Database, string Name) : IComparable<ObjectName>
{
    /// <summary>True for the hidden table of a materialized view without <c>TO</c>; it lives and dies with its view.</summary>
    public bool IsInner => Name.StartsWith(".inner.", StringComparison.Ordinal) || Name.StartsWith(".inner_id.", StringComparison.Ordinal);

    public int CompareTo(ObjectName? other)
    {
        var byDatabase = string.CompareOrdinal(Database, other?.Database);
        return byDatabase != 0 ? byDatabase : string.CompareOrdinal(Name, other?.Name);
    }

    /// <summary>For people and logs; SQL uses <see cref="Sql.Quote.Name(ObjectName)"/>.</summary>
    public override string ToString() => $"{Database}.{Name}";
}
