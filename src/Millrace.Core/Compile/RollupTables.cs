using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>
/// What rollups have on the nodes: on storage the target and the materialized views that fill it, on storage and query
/// nodes the Distributed table over all shards and the view that people read.
/// </summary>
internal sealed class RollupTables
{
    private readonly Project project;
    private readonly Naming naming;
    private readonly RollupGraph graph;
    private readonly Rollup rollup;
    private readonly Cluster cluster;

    private RollupTables(Project project, Naming naming, RollupGraph graph, Rollup rollup)
    {
        (this.project, this.naming, this.graph, this.rollup) = (project, naming, graph, rollup);
        cluster = graph.Cluster(rollup) ?? throw new InvalidOperationException($"rollup {rollup.Name} has no cluster; checks come first");
    }

    public static IEnumerable<DeclaredObject> Compile(Project project, Naming naming)
    {
        var all = new RollupGraph(project);
        foreach (var sharing in project.Rollups.GroupBy(rollup => rollup.Into.Table, StringComparer.Ordinal))
        {
            foreach (var item in new RollupTables(project, naming, all, sharing.First()).Target())
                yield return item;
            foreach (var filling in sharing)
                yield return new RollupTables(project, naming, all, filling).View();
        }
    }

    private ImmutableArray<ColumnDefinition> Columns => [.. rollup.Types.Select(column => new ColumnDefinition(column.Name, column.Type))];

    private string Owner => $"rollups/{rollup.Name}";

    private string Comment => new Mark(project.Name, Owner).ToString();

    private IEnumerable<DeclaredObject> Target()
    {
        var target = rollup.Into;
        var data = new TableDefinition
        {
            Name = graph.Data(rollup),
            Columns = Columns,
            Engine = EngineText.Data(target.Engine, cluster, graph.Data(rollup)),
            PartitionBy = target.PartitionBy,
            OrderBy = target.OrderBy.IsEmpty ? [.. rollup.GroupBy.Select(key => Quote.Name(key.Name))] : target.OrderBy,
            Ttl = target.Ttl,
            Settings = target.Settings,
            Comment = Comment,
        };
        var distributed = new TableDefinition
        {
            Name = naming.RollupDistributed(target),
            Columns = Columns,
            Engine = EngineText.Distributed(cluster, data.Name),
            Comment = Comment,
        };
        yield return Declare(data.Name, ObjectPurpose.DataTable, Placement.On(cluster), data.ToSql());
        foreach (var place in ReadPlaces())
        {
            yield return Declare(distributed.Name, ObjectPurpose.ReadTable, place, distributed.ToSql());
            yield return Declare(naming.RollupRead(target), ObjectPurpose.MergeView, place, MergeView()) with { Order = 1 };
        }
    }

    private IEnumerable<Placement> ReadPlaces() =>
        project.Fleet.Roles
            .Where(role => role.Kind == RoleKind.Query && (rollup.ReadOn.IsEmpty || rollup.ReadOn.Contains(role.Name)))
            .Select(role => Placement.On(role.Name))
            .Prepend(Placement.On(cluster.Role));

    private string MergeView() =>
        $"CREATE VIEW IF NOT EXISTS {Quote.Name(naming.RollupRead(rollup.Into))}\nCOMMENT {Quote.Text(Comment)}\n"
        + $"AS {new RollupSelect(graph, rollup).Merged(naming.RollupDistributed(rollup.Into))}";

    /// <summary>The end of a chain first: what flows into a target then always flows on.</summary>
    private DeclaredObject View() => Declare(
        naming.RollupView(rollup), ObjectPurpose.RollupView, Placement.On(cluster),
        new ViewDefinition
        {
            Name = naming.RollupView(rollup),
            Target = graph.Data(rollup),
            Select = new RollupSelect(graph, rollup).View,
            Comment = Comment,
        }.ToSql()) with { Order = -graph.Depth(rollup), Source = graph.Source(rollup) };

    private DeclaredObject Declare(ObjectName name, ObjectPurpose purpose, Placement place, string sql) => new()
    {
        Name = name,
        Placement = place,
        Purpose = purpose,
        Owner = Owner,
        At = project.Sources.Find($"rollups.{rollup.Name}"),
        CreateSql = sql,
    };
}
