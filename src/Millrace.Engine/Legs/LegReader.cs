using System.Collections.Immutable;
using Millrace.Core.Legs;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;
using Millrace.Engine.Status;

namespace Millrace.Engine.Legs;

/// <summary>Looks at legs twice, some seconds apart: offsets from their brokers, consumers from their nodes.</summary>
public sealed class LegReader(INodeConnector connector, ITopicSource topics, TimeProvider? time = null)
{
    private readonly TimeProvider clock = time ?? TimeProvider.System;

    /// <param name="pipelines">Whose legs to look at.</param>
    public async Task<ImmutableArray<LegProgress>> ReadAsync(
        Project project, IReadOnlyCollection<Pipeline> pipelines, TimeSpan interval, CancellationToken cancel)
    {
        var legs = pipelines.SelectMany(pipeline => pipeline.Legs.Select(leg => (Pipeline: pipeline, Leg: leg))).ToList();
        var start = clock.GetTimestamp();
        var before = await Task.WhenAll(legs.Select(l => AskAsync(project, l.Leg, cancel)));
        await Task.Delay(interval, clock, cancel);
        var elapsed = clock.GetElapsedTime(start);
        var now = await Task.WhenAll(legs.Select(l => AskAsync(project, l.Leg, cancel)));
        var status = await new StatusCollector(connector, time: clock).CollectAsync(project, cancel: cancel);
        return
        [
            .. legs.Select((l, i) =>
            {
                var consumers = status.Legs.First(s => s.Pipeline == l.Pipeline.Name && s.Leg.Name == l.Leg.Name);
                return new LegProgress(
                    l.Pipeline.Name, l.Leg, before[i], now[i], elapsed, consumers.Consumers, consumers.Assigned, ErrorOf(consumers));
            }),
        ];
    }

    private async Task<TopicProgress> AskAsync(Project project, Leg leg, CancellationToken cancel)
    {
        var broker = project.Fleet.FindBroker(leg.Broker)
            ?? throw new InvalidOperationException($"leg {leg.Name} has no broker; checks come first");
        return broker.Bootstrap is null
            ? TopicProgress.Unknown($"broker `{broker.Name}` has no `bootstrap` in fleet.yaml")
            : await topics.ProgressAsync(broker, leg.Topic, leg.Group, cancel);
    }

    /// <summary>An error counts until its consumer has committed again.</summary>
    private static string ErrorOf(LegStatus leg) => leg.LastError is var (node, error)
        && leg.OnNodes.First(n => n.Node == node).LastCommit is var commit && (commit is null || commit < error.At)
            ? $"{node}: {error.Text}"
            : "";
}
