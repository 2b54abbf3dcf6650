namespace Millrace.Core.Shapes;

/// <summary>The full name of a ClickHouse object.</summary>
public sealed record ObjectName(string Database, string Name) : IComparable<ObjectName>
{
    public int CompareTo(ObjectName? other)
    {
        var byDatabase = string.CompareOrdinal(Database, other?.Database);
        return byDatabase != 0 ? byDatabase : string.CompareOrdinal(Name, other?.Name);
    }

    /// <summary>For people and logs; SQL uses <see cref="Sql.Quote.Name(ObjectName)"/>.</summary>
    public override string ToString() => $"{Database}.{Name}";
}
