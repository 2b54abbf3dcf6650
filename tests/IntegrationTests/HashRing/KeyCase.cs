using Millrace.HashRing;

namespace Millrace.IntegrationTests.HashRing;

/// <summary>Adds the next value of a row to a key.</summary>
public delegate RingKey AddValue(RingKey key, ref RowBinaryReader row);

/// <summary>A key type: how the server makes random values of it, and how .NET reads them and hashes them.</summary>
/// <param name="Type">The ClickHouse type.</param>
/// <param name="Values">SQL of one random value; null: whatever generateRandom gives for the type.</param>
public sealed record KeyCase(string Type, AddValue Add, string? Values = null)
{
    public string From(int rows) => Values is null
        ? $"SELECT v FROM generateRandom('v {Type.Replace("'", "\\'", StringComparison.Ordinal)}', 20260101, 40, 4) LIMIT {rows}"
        : $"SELECT CAST({Values} AS {Type}) AS v FROM numbers({rows})";
}
