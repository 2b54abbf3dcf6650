using System.Collections.Immutable;
using System.Text.Json;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Status;

/// <summary>One node's part of a status: its own line, and what it knows about legs and errors.</summary>
internal sealed record NodeLook(
    NodeStatus Status,
    IReadOnlyDictionary<ObjectName, LegOnNode> Consumers,
    IReadOnlyDictionary<ObjectName, long> Errors)
{
    public static NodeLook Failed(Node node, NodeState state, string reason, int declared) => new(
        new NodeStatus { Node = node, State = state, Reason = reason, Declared = declared },
        ImmutableDictionary<ObjectName, LegOnNode>.Empty,
        ImmutableDictionary<ObjectName, long>.Empty);

    /// <summary>A node's trouble is its status, never the end of the look at the others.</summary>
    public static async Task<NodeLook> TakeAsync(
        INodeConnection connection, Node node, ImmutableArray<DeclaredObject> declared, CancellationToken cancel)
    {
        try
        {
            var identity = await NodeIdentity.ReadAsync(connection, [], cancel);
            return identity.NotThe(node) is { } mismatch
                ? Failed(node, NodeState.Refused, mismatch, declared.Length)
                : await ReadAsync(connection, node, identity, declared, cancel);
        }
        catch (NodeUnreachableException gone)
        {
            return Failed(node, NodeState.Unreachable, gone.Message, declared.Length);
        }
        catch (ServerErrorException error)
        {
            return Failed(node, NodeState.Refused, $"error {error.Code} {error.Name}: {error.Message}", declared.Length);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return Failed(node, NodeState.Refused, $"its answer cannot be read: {error.Message}", declared.Length);
        }
    }

    private static async Task<NodeLook> ReadAsync(
        INodeConnection connection, Node node, NodeIdentity identity, ImmutableArray<DeclaredObject> declared, CancellationToken cancel)
    {
        var kafka = declared.Where(o => o.Purpose == ObjectPurpose.KafkaTable).Select(o => o.Name).ToList();
        var errors = declared.Where(StatusTargets.IsErrorData).Select(o => o.Name).ToList();
        var present = PresentAsync(connection, declared, cancel);
        var waiting = NodeFactsReader.ReadWaitingAsync(connection, cancel);
        var consumers = kafka.Count == 0 ? null : ConsumerRows.ReadAsync(connection, node.Name, kafka, cancel);
        await Task.WhenAll([present, waiting, .. consumers is null ? (Task[])[] : [consumers]]);
        var there = await present;
        return new NodeLook(
            new NodeStatus
            {
                Node = node,
                State = NodeState.Ok,
                Version = identity.Version,
                Uptime = identity.Uptime,
                RoleMacro = identity.Macros.GetValueOrDefault(NodeIdentity.RoleMacro),
                Declared = declared.Length,
                Missing = [.. declared.Select(o => o.Name).Where(name => !there.Contains(name))],
                Waiting = await waiting,
            },
            consumers is null ? ImmutableDictionary<ObjectName, LegOnNode>.Empty : await consumers,
            await CountErrorsAsync(connection, errors.Where(there.Contains), cancel));
    }

    private static async Task<HashSet<ObjectName>> PresentAsync(
        INodeConnection connection, ImmutableArray<DeclaredObject> declared, CancellationToken cancel)
    {
        if (declared.IsEmpty)
            return [];
        var databases = string.Join(", ", declared.Select(o => o.Name.Database).Distinct().Select(Quote.Text));
        var answer = await connection.QueryAsync(
            $"SELECT database, name FROM system.tables WHERE database IN ({databases}) FORMAT JSONCompactEachRow", cancel: cancel);
        return ParseNames(answer);
    }

    private static HashSet<ObjectName> ParseNames(byte[] answer)
    {
        var names = new HashSet<ObjectName>();
        var pool = new TextPool();
        var row = new RowReader(answer);
        while (row.NextRow())
            names.Add(new ObjectName(row.Text(pool), row.Text()));
        return names;
    }

    private static async Task<Dictionary<ObjectName, long>> CountErrorsAsync(
        INodeConnection connection, IEnumerable<ObjectName> tables, CancellationToken cancel)
    {
        var counts = new Dictionary<ObjectName, long>();
        foreach (var table in tables)
        {
            var answer = await connection.QueryAsync(
                $"SELECT count() FROM {Quote.Name(table)} WHERE _timestamp >= now() - INTERVAL 1 HOUR FORMAT JSONCompactEachRow",
                cancel: cancel);
            counts[table] = ParseCount(answer);
        }

        return counts;
    }

    private static long ParseCount(byte[] answer)
    {
        var row = new RowReader(answer);
        return row.NextRow() ? row.Integer() : 0;
    }
}
