using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Core.ServerConfig;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Collections;

/// <summary>A rollout as the steps of a plan, for the journal: with the keys of a collection, without its values.</summary>
internal static class CollectionSteps
{
    public static Plan Of(Project project, ImmutableArray<NodeCollection> found) => new()
    {
        Project = project.Name,
        Steps =
        [
            .. from item in found
               where item.State is CollectionState.Missing or CollectionState.Sql
               group item by (item.Collection, item.State, project.Fleet.Nodes.First(node => node.Name == item.Node).Role) into same
               orderby same.Key.Collection, same.Key.Role
               select StepOf(same.Key.Collection, same.Key.State, same.Key.Role, Keys(project, same.Key.Role, same.Key.Collection), [.. same.Select(item => item.Node)]),
        ],
    };

    private static Step StepOf(string collection, CollectionState state, string role, string keys, ImmutableArray<string> nodes) => new()
    {
        Action = state == CollectionState.Missing ? StepAction.Create : StepAction.Alter,
        Object = new ObjectName(collection, ""),
        Owner = $"collections/{collection}",
        Role = role,
        Phase = Phase.ExpandWritable,
        Risk = state == CollectionState.Missing ? Risk.Safe : Risk.Pauses,
        Reason = state == CollectionState.Missing ? "missing" : "every value set, and the tables that read it made anew",
        Statements = [$"{(state == CollectionState.Missing ? "CREATE" : "ALTER")} NAMED COLLECTION {collection}: {keys}"],
        Nodes = nodes,
        OneNodeAtATime = true,
        Before = [],
        Expect = [],
    };

    private static string Keys(Project project, string role, string collection) =>
        string.Join(", ", FleetCollections.NeededBy(project, role).First(needed => needed.Name == collection).Entries.Select(entry => entry.Key));
}
