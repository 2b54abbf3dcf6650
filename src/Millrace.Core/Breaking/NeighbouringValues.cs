using Millrace.Core.Sql;

namespace Millrace.Core.Breaking;

/// <summary>Two values of a type that lie as close as values of it can: a key that tells them apart tells all apart.</summary>
public static class NeighbouringValues
{
    /// <summary>SQL expressions; null for types that have no such pair here.</summary>
    public static (string One, string Other)? Of(string type)
    {
        var plain = TypeText.Unwrap(type, "LowCardinality") ?? type;
        plain = TypeText.Unwrap(plain, "Nullable") ?? plain;
        var name = plain.Split('(')[0];
        if (name is "AggregateFunction" or "SimpleAggregateFunction")
            return null;
        return name switch
        {
            "Date" or "Date32" => ($"CAST(toDate(today()) AS {type})", $"CAST(toDate(today() - 1) AS {type})"),
            "DateTime" or "DateTime64" => ($"CAST(toStartOfDay(now()) AS {type})", $"CAST(toStartOfDay(now()) + 1 AS {type})"),
            "String" or "FixedString" => ($"CAST('a' AS {type})", $"CAST('b' AS {type})"),
            _ when name.StartsWith("Int", StringComparison.Ordinal) || name.StartsWith("UInt", StringComparison.Ordinal)
                || name.StartsWith("Float", StringComparison.Ordinal) || name == "Decimal" => ($"CAST(1 AS {type})", $"CAST(2 AS {type})"),
            _ => BoundaryValues.Of(type) is { Length: >= 2 } values ? (values[0], values[1]) : null,
        };
    }
}
