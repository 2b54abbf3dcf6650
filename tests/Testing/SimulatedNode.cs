using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;

namespace Millrace.Testing;

/// <summary>
/// A scripted server that answers the introspection queries from a set of shapes, for fleets too large to run. It parses
/// no SQL: a statement takes effect only as the given <c>run</c> makes it.
/// </summary>
public sealed class SimulatedNode : IAsyncDisposable
{
    private static readonly ConditionalWeakTable<ObjectShape, string> Prints = [];

    private readonly ScriptedServer _server;
    private readonly Func<SimulatedNode, string, ScriptedAnswer?> _run;

    /// <param name="run">What a statement does; its answer, or null for that of an introspection query, or success.</param>
    public SimulatedNode(
        IEnumerable<ObjectShape> objects,
        TimeSpan latency,
        IReadOnlyDictionary<string, string>? macros = null,
        Func<SimulatedNode, string, ScriptedAnswer?>? run = null)
    {
        Objects = new(objects.ToDictionary(o => o.Name));
        Macros = macros ?? new Dictionary<string, string>();
        _run = run ?? ((_, _) => null);
        _server = new ScriptedServer(request => Respond(request.Sql) with { Delay = latency });
    }

    public Uri Address => _server.Address;

    public ConcurrentDictionary<ObjectName, ObjectShape> Objects { get; }

    public IReadOnlyDictionary<string, string> Macros { get; set; }

    public IReadOnlyCollection<ClusterMember> Clusters { get; set; } = [];

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
        return [];
    }

    private ScriptedAnswer Respond(string sql) => _run(this, sql) ?? ScriptedAnswer.Rows(Answer(sql));

    /// <summary>Whether a statement only asks.</summary>
    public static bool IsQuery(string sql) =>
        sql.StartsWith("SELECT ", StringComparison.Ordinal) || sql.StartsWith("CHECK GRANT ", StringComparison.Ordinal);

    private IEnumerable<ObjectShape> Named(string sql)
    {
        var texts = sql.Split('\'').ToHashSet(StringComparer.Ordinal);
        return Objects.Values.Where(o => texts.Contains(o.Name.Name)).OrderBy(o => o.Name);
    }

    private object?[] Identity() =>
    [
        "26.7.2.1", "simulated", 1000, 1_760_000_000_000, 0, 1,
        Macros.Select(m => new[] { m.Key, m.Value }),
        Clusters.Select(c => new object[] { c.Cluster, c.Shard, c.Replica, c.Host, c.Address, c.Port }),
    ];

    private static object?[] Column(ObjectShape table, ColumnShape c) =>
        [table.Name.Database, table.Name.Name, c.Name, c.Type, c.DefaultKind, c.DefaultExpression, c.Codec, c.Comment];

    private static object?[] Table(ObjectShape o) =>
    [
        Print(o), o.Name.Database, o.Name.Name, o.Engine, o.EngineFull, o.AsSelect,
        o.Target?.Database ?? "", o.Target?.Name ?? "", o.Comment, o.CreateQuery,
    ];

    /// <summary>Computed once per shape: a hundred nodes hold the same ones.</summary>
    private static string Print(ObjectShape shape) => Prints.GetValue(shape, static o => Convert.ToHexString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{o.Name}\n{o.Engine}\n{o.CreateQuery}\n{o.Comment}")).AsSpan(0, 16)));

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
