using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.IntegrationTests.Planning;

/// <summary>
/// A fleet as it would be observed, made up of shapes from the lab. The verbs of <c>world.txt</c>:
/// <c>silent NODE WORDS</c>, <c>refused NODE WORDS</c>, <c>blank NODE</c>, <c>gone NODE OBJECT</c>,
/// <c>mutation NODE OBJECT COMMAND</c>, <c>rows NODE OBJECT COUNT</c>, <c>allow-destroy NAME</c>, <c>allow-rewrite NAME</c>, <c>without NODE</c>.
/// </summary>
internal sealed class World(Fleet fleet)
{
    private readonly Dictionary<string, ObservedNode> nodes = fleet.Nodes.ToDictionary(
        node => node.Name,
        node => new ObservedNode { Node = node, State = NodeState.Ok, Facts = new NodeFacts() });

    public PlanOptions Options { get; private set; } = new();

    public ObservedFleet Observed => new([.. fleet.Nodes.Select(node => nodes[node.Name])], DateTimeOffset.UnixEpoch);

    /// <summary>Puts every object on the nodes that it is declared for.</summary>
    public void Fill(IEnumerable<CanonicalObject> objects)
    {
        foreach (var item in objects)
        foreach (var node in fleet.Nodes.Where(item.Declared.Placement.Includes))
            Put(node.Name, item.Shape);
    }

    public void Put(string node, ObjectShape shape) =>
        nodes[node] = nodes[node] with { Objects = nodes[node].Objects.SetItem(shape.Name, shape) };

    public void Run(ImmutableArray<string> lines)
    {
        foreach (var line in lines)
            Run(line.Split(' ', 2)[0], line.Split(' ', 2)[1]);
    }

    private void Run(string verb, string rest)
    {
        switch (verb)
        {
            case "allow-destroy":
                Options = Options with { AllowDestroy = Options.AllowDestroy.Add(rest) };
                break;
            case "allow-rewrite":
                Options = Options with { AllowRewrite = Options.AllowRewrite.Add(rest) };
                break;
            case "without":
                Options = Options with { Without = Options.Without.Add(rest) };
                break;
            default:
                var words = rest.Split(' ', 2);
                nodes[words[0]] = Change(nodes[words[0]], verb, words.Length > 1 ? words[1] : "");
                break;
        }
    }

    private static ObservedNode Change(ObservedNode node, string verb, string words) => verb switch
    {
        "silent" => new ObservedNode { Node = node.Node, State = NodeState.Unreachable, Reason = words },
        "refused" => new ObservedNode { Node = node.Node, State = NodeState.Refused, Reason = words },
        "blank" => node with { Objects = ImmutableDictionary<ObjectName, ObjectShape>.Empty },
        "gone" => node with { Objects = node.Objects.Remove(Name(words)) },
        "rows" => node with { Facts = node.Facts! with { Sizes = node.Facts.Sizes.Add(Name(words.Split(' ')[0]), new TableSize(long.Parse(words.Split(' ')[1]), 0)) } },
        "mutation" => node with { Facts = node.Facts! with { Mutations = [Mutation(words)] } },
        _ => throw new ArgumentException($"world.txt has the unknown verb `{verb}`", nameof(verb)),
    };

    private static PendingMutation Mutation(string words) => new(
        Name(words.Split(' ', 2)[0]), "mutation_7.txt", words.Split(' ', 2)[1], DateTimeOffset.UnixEpoch, PartsToDo: 12, FailReason: "");

    private static ObjectName Name(string full) => new(full.Split('.', 2)[0], full.Split('.', 2)[1]);
}
