using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Doctor.Rules;
using Millrace.Core.Findings;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Drift;

/// <summary>Objects that nobody declares: no project's mark, and no pattern of <c>unmanaged</c> that sets them aside.</summary>
internal sealed class Strangers
{
    private readonly PlanRequest request;
    private readonly ILookup<ObjectName, CanonicalObject> declared;

    /// <summary>By role and name: the nodes that answered, each with its shape of the object or null.</summary>
    private readonly ImmutableArray<Stranger> strangers;

    public Strangers(PlanRequest request)
    {
        this.request = request;
        declared = request.Objects.ToLookup(item => item.Name);
        strangers =
        [
            .. request.Observed.Nodes
                .Where(node => node.State == NodeState.Ok)
                .GroupBy(node => node.Node.Role, StringComparer.Ordinal)
                .SelectMany(role => Of(role.Key, [.. role])),
        ];
    }

    /// <summary>Objects that all nodes of their role hold alike, beside those that have findings.</summary>
    public int AlikeCount() => Harmless().Count(stranger => stranger.Split() is null);

    public IEnumerable<NodeSplit> Splits() => Harmless().Select(stranger => stranger.Split()).OfType<NodeSplit>();

    public IEnumerable<Finding> Findings() => strangers.SelectMany(Findings);

    /// <summary>A finding tells the nodes too.</summary>
    private IEnumerable<Stranger> Harmless() => strangers.Where(stranger => !Findings(stranger).Any());

    private IEnumerable<Finding> Findings(Stranger stranger) => stranger.Shapes().SelectMany(shape => Findings(stranger, shape));

    private IEnumerable<Stranger> Of(string role, ImmutableArray<ObservedNode> nodes) =>
        from name in nodes.SelectMany(node => node.Objects.Values.Where(shape => IsStranger(node, shape)))
            .Select(shape => shape.Name).Distinct().Order()
        select new Stranger(role, name, [.. nodes.Select(node => (node.Node.Name, node.Objects.GetValueOrDefault(name)))]);

    private bool IsStranger(ObservedNode node, ObjectShape shape) =>
        !shape.Name.IsInner
        && Mark.Read(shape.Comment) is null
        && !declared[shape.Name].Any(item => item.Declared.Placement.Includes(node.Node))
        && !request.Project.Unmanaged.Any(pattern => NamePattern.Matches(pattern, shape.Name));

    private IEnumerable<Finding> Findings(Stranger stranger, ObjectShape shape)
    {
        var where = $"{Counted.Of(stranger.NodesWith(shape).Length, "node")} of `{stranger.Role}`";
        var evidence = $"on {string.Join(", ", stranger.NodesWith(shape).Take(5))}\n{shape.CreateQuery}";
        if (Consumes(shape) && GroupOwner(shape) is { } leg)
            yield return new Finding(
                SharedGroup.Code, Severity.Error,
                $"`{shape.Name}` on {where} is not declared and reads in the consumer group of `{leg.Name}`: it takes part of its messages",
                leg.Declared.At, $"drop it, or give it a group of its own", evidence);
        else if (Consumes(shape))
            yield return new Finding(
                "MR290", Severity.Warning, $"`{shape.Name}` on {where} consumes from Kafka and is not declared", null,
                $"declare it as a pipeline, drop it, or set it aside with `unmanaged: [\"{shape.Name}\"]`", evidence);
        if (shape.Target is { } target && declared[target].FirstOrDefault() is { } table)
            yield return new Finding(
                UnmanagedWriter.Code, Severity.Warning, $"`{shape.Name}` on {where} writes into `{target}` and is not declared", table.Declared.At,
                $"declare it under schema/, drop it, or set it aside with `unmanaged: [\"{shape.Name}\"]`", evidence);
    }

    private static bool Consumes(ObjectShape shape) => shape.Engine == "Kafka" && !EngineTraits.IsDoor(shape);

    /// <summary>The managed Kafka table of the same consumer group; null when there is none.</summary>
    private CanonicalObject? GroupOwner(ObjectShape kafka)
    {
        var group = KafkaMeaning.GroupOf(kafka.EngineFull);
        return group is null ? null : request.Objects.FirstOrDefault(item =>
            item.Declared.Purpose == ObjectPurpose.KafkaTable && KafkaMeaning.GroupOf(item.Shape.EngineFull) == group);
    }

    private sealed record Stranger(string Role, ObjectName Name, ImmutableArray<(string Node, ObjectShape? Shape)> Nodes)
    {
        public IEnumerable<ObjectShape> Shapes() => Nodes.Select(node => node.Shape).OfType<ObjectShape>().Distinct();

        public ImmutableArray<string> NodesWith(ObjectShape shape) =>
            [.. Nodes.Where(node => shape.Equals(node.Shape)).Select(node => node.Node)];

        public NodeSplit? Split()
        {
            var usual = Nodes.Select(node => node.Shape).OfType<ObjectShape>().GroupBy(shape => shape).MaxBy(same => same.Count())!.Key;
            return NodeSplit.Of(Role, $"unmanaged {Name}", Nodes.Select(node => (node.Node, Word(node.Shape, usual))));
        }

        private static string Word(ObjectShape? shape, ObjectShape usual) =>
            shape is null ? "absent" : ShapeDifference.Of(usual, shape) ?? shape.Engine;
    }
}
