using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Observe;

/// <summary>
/// Observes every node of a fleet at once. All nodes first tell fingerprints of their objects; an object that nobody has
/// read yet is then read from one of the nodes that hold it.
/// </summary>
public sealed class FleetObserver(INodeConnector connector, ObjectShapeCache cache, TimeProvider? time = null)
{
    /// <summary>Objects of a node may change while they are read; then it is asked again, but not for ever.</summary>
    private const int Rounds = 4;

    /// <summary>New objects per node and round, so that many nodes share the reading of what they all hold.</summary>
    private const int ShareSize = 250;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public async Task<ObservedFleet> ObserveAsync(
        Fleet fleet, ObserveOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new ObserveOptions();
        var surveys = fleet.Nodes.Select(node => Start(node, fleet.Connect, options, cancel)).ToImmutableArray();
        try
        {
            await ForEachAsync(surveys, options, survey => survey.SurveyAsync(fleet, cache, options));
            await ReadNewObjectsAsync(surveys, options);
            cancel.ThrowIfCancellationRequested();
            return new ObservedFleet(Assemble(surveys), _time.GetUtcNow());
        }
        finally
        {
            foreach (var survey in surveys)
                survey.Dispose();
        }
    }

    private NodeSurvey Start(Node node, ConnectOptions connect, ObserveOptions options, CancellationToken cancel)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(options.NodeTimeout);
        return new NodeSurvey(node, connector.Connect(node.Http, connect), options.NodeTimeout, deadline);
    }

    private async Task ReadNewObjectsAsync(ImmutableArray<NodeSurvey> surveys, ObserveOptions options)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var shares = ShareOut(surveys);
            if (shares.Count == 0)
                return;
            await ForEachAsync(shares, options, share => share.Survey.FetchAsync(share.Wanted, cache));

            // What its holder no longer had was changed meanwhile: that holder's list is out of date.
            var changed = shares.Where(s => s.Survey.IsOk && !s.Wanted.Keys.All(cache.Knows)).Select(s => s.Survey).Distinct();
            await ForEachAsync(changed, options, survey => survey.RereadInventoryAsync(cache));
        }

        foreach (var survey in surveys.Where(s => s.IsOk && Missing(s).Any()))
            survey.Refuse("its objects keep changing while they are read");
    }

    /// <summary>Each unknown object once, to a node that holds it; shares are kept even among nodes that hold the same.</summary>
    private List<(NodeSurvey Survey, Dictionary<Fingerprint, ObjectName> Wanted)> ShareOut(ImmutableArray<NodeSurvey> surveys)
    {
        var shares = new List<(NodeSurvey, Dictionary<Fingerprint, ObjectName>)>();
        var taken = new HashSet<Fingerprint>();
        bool progress;
        do
        {
            progress = false;
            foreach (var survey in surveys.Where(s => s.IsOk))
            {
                var share = Missing(survey).Where(e => !taken.Contains(e.Print)).Take(ShareSize)
                    .ToDictionary(e => e.Print, e => e.Name);
                if (share.Count == 0)
                    continue;
                taken.UnionWith(share.Keys);
                shares.Add((survey, share));
                progress = true;
            }
        }
        while (progress);
        return shares;
    }

    private IEnumerable<(Fingerprint Print, ObjectName Name)> Missing(NodeSurvey survey) =>
        from entry in survey.Inventory!.Entries
        where entry.Unknown is not null && !cache.Knows(entry.Print)
        select (entry.Print, entry.Unknown!);

    private ImmutableArray<ObservedNode> Assemble(ImmutableArray<NodeSurvey> surveys)
    {
        var shared = new Dictionary<UInt128, ImmutableDictionary<ObjectName, ObjectShape>>();
        return [.. surveys.Select(survey => survey.Result(ObjectsOf(survey)))];

        ImmutableDictionary<ObjectName, ObjectShape> ObjectsOf(NodeSurvey survey)
        {
            if (!survey.IsOk)
                return ImmutableDictionary<ObjectName, ObjectShape>.Empty;
            if (!shared.TryGetValue(survey.Inventory!.Key, out var objects))
                shared[survey.Inventory.Key] = objects = cache.Resolve(survey.Inventory);
            return objects;
        }
    }

    private static Task ForEachAsync<T>(IEnumerable<T> items, ObserveOptions options, Func<T, Task> run) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism },
            async (item, _) => await run(item));
}
