using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Testing;

/// <summary>
/// A scripted server that answers the introspection queries from a set of shapes, for fleets too large to run. It parses
/// no SQL: a statement takes effect only as the given <c>apply</c> makes it.
/// </summary>
public sealed class SimulatedNode : IAsyncDisposable
{
    private readonly ScriptedServer _server;
    private readonly Action<SimulatedNode, string> _apply;
    private readonly TimeSpan _latency;
    private readonly IReadOnlyDictionary<string, string> _macros;

    /// <param name="apply">What a statement that is no introspection query does; null: nothing.</param>
    public SimulatedNode(
        IEnumerable<ObjectShape> objects,
        TimeSpan latency,
        IReadOnlyDictionary<string, string>? macros = null,
        Action<SimulatedNode, string>? apply = null)
    {
        Objects = new(objects.ToDictionary(o => o.Name));
        _latency = latency;
        _macros = macros ?? new Dictionary<string, string>();
        _apply = apply ?? ((_, _) => { });
        _server = new ScriptedServer(request => ScriptedAnswer.Rows(Answer(request.Sql)) with { Delay = _latency });
    }

    public Uri Address => _server.Address;

    public ConcurrentDictionary<ObjectName, ObjectShape> Objects { get; }

    public int RequestCount => _server.Requests.Count;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>The rows that answer a query, for servers that add faults of their own.</summary>
    public byte[] Answer(string sql)
    {
        if (sql.StartsWith("SELECT version()", StringComparison.Ordinal))
            return Rows([Identity()]);
        if (sql.Contains("FROM system.columns WHERE", StringComparison.Ordinal))
            return Rows(Named(sql).SelectMany(o => o.Columns.Select(c => Column(o, c))));
        if (sql.Contains("database, name FROM system.tables WHERE database NOT IN", StringComparison.Ordinal))
            return Rows(Objects.Values.Select(o => new object?[] { Print(o), o.Name.Database, o.Name.Name }));
        if (sql.Contains("FROM system.tables WHERE database IN", StringComparison.Ordinal))
            return Rows(Named(sql).Select(Table));
        if (!sql.Contains("FROM system.", StringComparison.Ordinal))
            _apply(this, sql);
        return [];
    }

    private IEnumerable<ObjectShape> Named(string sql) =>
        Objects.Values.Where(o => sql.Contains(Quote.Text(o.Name.Name), StringComparison.Ordinal)).OrderBy(o => o.Name);

    private object?[] Identity() =>
    [
        "26.7.2.1", "simulated", 1000, 1_760_000_000_000, 0, 1,
        _macros.Select(m => new[] { m.Key, m.Value }), Array.Empty<object>(),
    ];

    private static object?[] Column(ObjectShape table, ColumnShape c) =>
        [table.Name.Database, table.Name.Name, c.Name, c.Type, c.DefaultKind, c.DefaultExpression, c.Codec, c.Comment];

    private static object?[] Table(ObjectShape o) =>
    [
        Print(o), o.Name.Database, o.Name.Name, o.Engine, o.EngineFull, o.AsSelect,
        o.Target?.Database ?? "", o.Target?.Name ?? "", o.Comment, o.CreateQuery,
    ];

    private static string Print(ObjectShape o) => Convert.ToHexString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{o.Name}\n{o.Engine}\n{o.CreateQuery}\n{o.Comment}")).AsSpan(0, 16));

    private static byte[] Rows(IEnumerable<object?[]> rows)
    {
        using var bytes = new MemoryStream();
        foreach (var row in rows)
        {
            JsonSerializer.Serialize(bytes, row);
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }
}
