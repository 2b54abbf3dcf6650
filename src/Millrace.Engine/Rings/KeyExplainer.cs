using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Millrace.Core.Sql;
using Millrace.Engine.Lab;
using Millrace.Engine.Nodes;
using Millrace.HashRing;

namespace Millrace.Engine.Rings;

/// <summary>Asks a lab where the rows of one key go: the engine itself types and hashes the values.</summary>
public sealed class KeyExplainer(ILabHost labs)
{
    /// <param name="columns">The columns of the ring's key.</param>
    /// <param name="values">A value for each, as ClickHouse reads it from text; <c>NULL</c> is NULL where the type allows it.</param>
    /// <exception cref="UserErrorException">A value is none of its column's type.</exception>
    public async Task<KeyPlace> FindAsync(
        ImmutableArray<ColumnDefinition> columns, IReadOnlyList<string> values, VirtualLayers layers, CancellationToken cancel)
    {
        await using var lab = await labs.StartAsync(new LabConfig([], []), cancel);
        var key = string.Join(", ", columns.Select((column, i) => Value(column, values[i])));
        try
        {
            // Inside a tuple every value hashes as it does outside, and NULL has a hash too.
            var answer = Encoding.UTF8.GetString(await lab.Connection.QueryAsync($"SELECT toString(sipHash64(tuple({key})))", cancel: cancel));
            var hash = ulong.Parse(answer.Trim(), CultureInfo.InvariantCulture);
            return new KeyPlace(hash, layers.LayerOf(hash));
        }
        catch (ServerErrorException error)
        {
            throw new UserErrorException($"the key cannot be read as {string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}"))}: {error.Message}");
        }
    }

    private static string Value(ColumnDefinition column, string value) =>
        value == "NULL" && TypeText.CanBeNull(column.Type)
            ? $"CAST(NULL, {Quote.Text(column.Type)})"
            : $"CAST({Quote.Text(value)}, {Quote.Text(column.Type)})";
}
