using System.Collections.Immutable;
using System.Text.Json;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Observe;

/// <summary>One node while it is being observed: what it said so far, or how it failed.</summary>
internal sealed class NodeSurvey(
    Node node, INodeConnection connection, TimeSpan limit, TimeProvider time, CancellationToken interrupt)
{
    private NodeIdentity? _identity;
    private ImmutableSortedSet<string>? _collections;
    private ImmutableSortedDictionary<string, string>? _settings;
    private NodeFacts? _facts;
    private (NodeState State, string Reason)? _failure;

    public Inventory? Inventory { get; private set; }

    public bool IsOk => _failure is null;

    public Task SurveyAsync(Fleet fleet, ObjectShapeCache cache, ObserveOptions options) => GuardAsync(async cancel =>
    {
        // Alone and first: a dead node or a wrong password then costs one attempt, not five.
        _identity = await NodeIdentity.ReadAsync(connection, fleet.Clusters.Select(c => c.Name), cancel);
        if (_identity.NotThe(node) is { } mismatch)
        {
            Refuse(mismatch);
            return;
        }

        var inventory = Inventory.ReadAsync(connection, cache, cancel);
        var collections = RestrictedFacts.ReadCollectionsAsync(connection, cancel);
        var settings = RestrictedFacts.ReadStreamingSettingsAsync(connection, fleet.BackgroundProfileOf(node), cancel);
        var facts = options.WithFacts ? NodeFactsReader.ReadAsync(connection, cancel) : null;
        await Task.WhenAll([inventory, collections, settings, .. facts is null ? (Task[])[] : [facts]]);
        Inventory = await inventory;
        _collections = await collections;
        _settings = await settings;
        _facts = facts is null ? null : await facts;
    });

    public Task RereadInventoryAsync(ObjectShapeCache cache) =>
        GuardAsync(async cancel => Inventory = await Inventory.ReadAsync(connection, cache, cancel));

    public Task FetchAsync(IReadOnlyDictionary<Fingerprint, ObjectName> wanted, ObjectShapeCache cache) =>
        GuardAsync(async cancel =>
        {
            var found = await ObjectReader.ReadAsync(connection, [.. wanted.Values], _identity!.TellsViewTargets, cancel);
            foreach (var (print, shape) in found)
                if (wanted.ContainsKey(print))
                    cache.Add(print, shape);
        });

    public void Refuse(string reason) => _failure ??= (NodeState.Refused, reason);

    public ObservedNode Result(ImmutableDictionary<ObjectName, ObjectShape> objects) => _failure is var (state, reason)
        ? new ObservedNode { Node = node, State = state, Reason = reason, Macros = _identity?.Macros ?? ImmutableSortedDictionary<string, string>.Empty }
        : new ObservedNode
        {
            Node = node,
            State = NodeState.Ok,
            Version = _identity!.Version,
            Uptime = _identity.Uptime,
            ServerTime = _identity.ServerTime,
            Macros = _identity.Macros,
            Clusters = _identity.Clusters,
            HasKeeper = _identity.HasKeeper,
            Objects = objects,
            Collections = _collections,
            StreamingSettings = _settings,
            Facts = _facts,
        };

    /// <summary>A node's trouble is this node's outcome; only a defect of ours or the user's interrupt goes on.</summary>
    private async Task GuardAsync(Func<CancellationToken, Task> read)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, interrupt);
        try
        {
            await read(either.Token);
        }
        catch (NodeUnreachableException gone)
        {
            _failure = (NodeState.Unreachable, gone.Message);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            _failure = (NodeState.Unreachable, $"did not tell what it holds within {limit.TotalSeconds:0.###} s");
        }
        catch (ServerErrorException error)
        {
            _failure = (NodeState.Refused, $"error {error.Code} {error.Name}: {error.Message}");
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            _failure = (NodeState.Refused, $"its answer cannot be read: {error.Message}");
        }
    }
}
