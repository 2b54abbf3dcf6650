using System.Collections.Immutable;
using Millrace.Core.Databases;
using Millrace.Core.Doctor;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Engine.Databases;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Doctor;

/// <summary>Runs the live checks: observes the fleet, asks nodes and brokers how they are, and applies the rules. Changes nothing.</summary>
public sealed class FleetDoctor(INodeConnector connector, FleetObserver observer, IBrokerReader brokers, DatabaseReader? databases = null, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <exception cref="UserErrorException">A code in <see cref="DoctorOptions.Only"/> is none of a live check.</exception>
    public async Task<DoctorReport> ExamineAsync(Project project, DoctorOptions options, CancellationToken cancel)
    {
        var rules = Chosen(options.Only);
        var observation = new ObserveOptions { WithFacts = true, NodeTimeout = options.NodeTimeout };
        var asking = AskBrokersAsync(project, cancel);
        var observed = await observer.ObserveAsync(project.Fleet, observation, cancel);
        var askingDatabases = databases?.ReadAsync(project, observed, cancel) ?? Task.FromResult(ImmutableArray<DatabaseVitals>.Empty);
        var reader = new VitalsReader(project.Fleet, _time);
        // All at once: waiting costs nothing, and no node holds up another one.
        var nodes = await Task.WhenAll(observed.Nodes.Where(n => n.State == NodeState.Ok).Select(
            node => reader.ReadAsync(node, connector.Connect(node.Node.Http, project.Fleet.Connect), options.NodeTimeout, cancel)));
        var facts = new DoctorFacts
        {
            Project = project,
            Nodes = [.. nodes],
            Silent = [.. observed.NotOk],
            Brokers = await asking,
            Databases = await askingDatabases,
            Limits = options.Limits,
        };
        return new DoctorReport(facts, rules, Diagnosis.Of(rules, facts));
    }

    private static ImmutableArray<DoctorRule> Chosen(ImmutableArray<string> only)
    {
        var known = DoctorRules.All.Select(rule => rule.Code).ToArray();
        if (only.FirstOrDefault(code => !known.Contains(code, StringComparer.Ordinal)) is { } wrong)
            throw new UserErrorException(
                $"`{wrong}` is no live check{(DidYouMean.Suggest(wrong, known) is { } meant ? $": did you mean {meant}?" : $". There are {string.Join(", ", known.Order(StringComparer.Ordinal))}.")}");
        return only.IsEmpty ? DoctorRules.All : [.. DoctorRules.All.Where(rule => only.Contains(rule.Code))];
    }

    private async Task<ImmutableArray<BrokerVitals>> AskBrokersAsync(Project project, CancellationToken cancel)
    {
        var legs = project.Pipelines.SelectMany(pipeline => pipeline.Legs).ToLookup(leg => leg.Broker, leg => (leg.Topic, leg.Group));
        return [.. await Task.WhenAll(project.Fleet.Brokers
            .Where(broker => broker.Bootstrap is not null)
            .Select(broker => brokers.ReadAsync(broker, [.. legs[broker.Name].Distinct()], cancel)))];
    }
}
