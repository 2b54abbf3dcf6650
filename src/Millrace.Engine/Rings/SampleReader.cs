using System.Collections.Immutable;
using System.Globalization;
using Millrace.Core.Rings;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;
using Millrace.HashRing;

namespace Millrace.Engine.Rings;

/// <summary>Adds up a sample by layer and by key on a server, which hashes as it would when rows are written.</summary>
/// <param name="source">What stands behind FROM: a table, or a table function over a file.</param>
public sealed class SampleReader(INodeConnection server, string source)
{
    private static readonly StatementOptions Patient = new() { Timeout = TimeSpan.FromMinutes(10) };

    /// <param name="key">The columns of a key, with the types that they have where rows are written.</param>
    /// <exception cref="UserErrorException">The sample cannot be read, or lacks a column.</exception>
    public async Task<RingLoad> ReadAsync(
        ImmutableArray<ColumnDefinition> key, Assignment assignment, IReadOnlyList<ShardWeight> shards, CancellationToken cancel)
    {
        // The type is part of the key, and a file may have read it as another one.
        var values = string.Join(", ", key.Select(column => $"CAST({Quote.Name(column.Name)}, {Quote.Text(column.Type)})"));
        try
        {
            var layers = await LayersAsync(values, assignment.Layers, cancel);
            return layers.Sum() > 0
                ? RingLoad.Of(assignment, shards, layers, await HottestAsync(values, cancel))
                : throw new UserErrorException("the sample has no rows");
        }
        catch (ServerErrorException error)
        {
            throw new UserErrorException($"the sample cannot be read by {string.Join(", ", key.Select(column => column.Name))}: {error.Message}");
        }
    }

    private async Task<double[]> LayersAsync(string values, VirtualLayers layers, CancellationToken cancel)
    {
        var loads = new double[layers.Count];
        var answer = await server.QueryAsync(
            $"SELECT sipHash64(tuple({values})) % {layers.Count} AS layer, count() FROM {source} GROUP BY layer FORMAT JSONCompactEachRow", Patient, cancel);
        var row = new RowReader(answer);
        while (row.NextRow())
            loads[(int)row.Integer()] = row.Integer();
        return loads;
    }

    private async Task<ImmutableArray<KeyLoad>> HottestAsync(string values, CancellationToken cancel)
    {
        var answer = await server.QueryAsync(
            $"SELECT toString(sipHash64(tuple({values}))), toString(tuple({values})), count() AS n"
            + $" FROM {source} GROUP BY 1, 2 ORDER BY n DESC LIMIT {RingLoad.HottestKeys} FORMAT JSONCompactEachRow", Patient, cancel);
        var keys = ImmutableArray.CreateBuilder<KeyLoad>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            var hash = ulong.Parse(row.Text(), CultureInfo.InvariantCulture);
            var label = row.Text();
            keys.Add(new KeyLoad(hash, row.Integer(), label));
        }

        return keys.ToImmutable();
    }
}
