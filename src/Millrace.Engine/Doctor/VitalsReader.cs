using System.Collections.Immutable;
using System.Text.Json;
using Millrace.Core.Doctor;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Doctor;

/// <summary>Reads how one node is doing. Each part fails alone, and is then named as not seen.</summary>
internal sealed class VitalsReader(Fleet fleet, TimeProvider time)
{
    public async Task<NodeVitals> ReadAsync(ObservedNode seen, INodeConnection node, TimeSpan limit, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        var parts = new NodeParts(timer, either.Token);
        // Before the others, which would make it wait its turn.
        var clock = await parts.ReadAsync("its clock", stop => ClockReader.ReadAsync(node, time, stop));
        var capacity = parts.ReadAsync("system.settings", stop => CapacityReader.ReadAsync(node, stop));
        var profiles = parts.ReadAsync("system.settings_profile_elements", stop => ProfileReader.ReadAsync(node, stop));
        var consumers = parts.ReadAsync("system.kafka_consumers", stop => ConsumerReader.ReadAsync(node, stop));
        var fullest = parts.ReadAsync("system.parts", stop => PartsReader.ReadAsync(node, stop));
        var replicas = parts.ReadAsync("system.replicas", stop => ReplicaReader.ReadAsync(node, stop));
        var users = parts.ReadAsync("the user on other nodes", stop => ClusterUserReader.ReadAsync(node, seen, stop));
        await Task.WhenAll(capacity, profiles, consumers, fullest, replicas, users);
        var background = fleet.BackgroundProfileOf(seen.Node);
        return new NodeVitals
        {
            Seen = seen,
            Clock = clock,
            Cores = (await capacity)?.Cores,
            StreamingThreads = (await capacity)?.StreamingThreads,
            PoolShare = (await capacity)?.PoolShare ?? 1,
            PartsToDelay = (await capacity)?.PartsToDelay,
            Profiles = (await profiles)?.ForUsers(),
            Background = (await profiles)?.ForBackground(background),
            Consumers = (await consumers)?.Items,
            Parts = (await fullest)?.Items,
            Replicas = (await replicas)?.Items,
            ClusterUsers = (await users)?.Items,
            Unseen = parts.Unseen,
        };
    }
}
