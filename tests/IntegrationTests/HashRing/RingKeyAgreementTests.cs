using Millrace.Engine.Nodes;
using Millrace.HashRing;
using Xunit;

namespace Millrace.IntegrationTests.HashRing;

/// <summary>The library against the server's own sipHash64, over a million random keys.</summary>
public sealed class RingKeyAgreementTests(RingNode node) : IClassFixture<RingNode>
{
    private const int RowsPerCase = 20_000;

    private static readonly VirtualLayers Layers = new(48);

    [Fact]
    public async Task A_million_random_keys_of_every_type_hash_as_on_the_server()
    {
        var compared = 0;
        foreach (var type in KeyCases.All)
            compared += await CompareAsync(
                node.Connection, type.Type, $"SELECT tuple(v) AS k, v FROM ({type.From(RowsPerCase)})", type.Add);

        // Keys of several values: every type before and after another one.
        foreach (var (type, next) in KeyCases.All.Zip([.. KeyCases.All.Skip(1), KeyCases.All[0]]))
            compared += await CompareAsync(
                node.Connection,
                $"{type.Type} + {next.Type}",
                $"SELECT (a.v, b.v) AS k, a.v, b.v FROM ({type.From(RowsPerCase / 4)}) AS a PASTE JOIN ({next.From(RowsPerCase / 4)}) AS b",
                (RingKey key, ref RowBinaryReader row) => next.Add(type.Add(key, ref row), ref row));
        Assert.True(compared >= 1_000_000, $"only {compared} keys were compared");
    }

    [Fact]
    public async Task A_tuple_hashes_as_its_elements() => Assert.Equal(
        "1", await node.AskAsync("SELECT sipHash64(tuple(1, 'a')) = sipHash64(1, 'a') AND sipHash64(tuple(7)) = sipHash64(7)"));

    /// <summary>Compares hash and layer of every row; the query names the key k and then the values to read.</summary>
    private static async Task<int> CompareAsync(INodeConnection connection, string what, string rows, AddValue add)
    {
        var answer = await connection.QueryAsync(
            $"SELECT sipHash64(k), sipHash64(k) % {Layers.Count}, * EXCEPT k FROM ({rows}) FORMAT RowBinary",
            new StatementOptions { Settings = new Dictionary<string, string> { ["allow_suspicious_low_cardinality_types"] = "1" } },
            TestContext.Current.CancellationToken);
        var row = new RowBinaryReader(answer);
        var compared = 0;
        for (; !row.AtEnd; compared++)
        {
            var (hash, layer) = (row.UInt64(), row.Byte());
            var key = add(RingKey.Of, ref row);
            if (key.Hash != hash || Layers.LayerOf(key) != layer)
                Assert.Fail($"{what}, row {compared}: {key.Hash} in layer {Layers.LayerOf(key)}, the server says {hash} in {layer}");
        }

        return compared;
    }
}
