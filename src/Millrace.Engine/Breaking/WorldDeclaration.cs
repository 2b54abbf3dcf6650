using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Breaking;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.ServerConfig;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Breaking;

/// <summary>All that a lab must run to have a world.</summary>
/// <param name="Database">Where names without a database belong.</param>
/// <param name="Statements">CREATE statements; their order does not matter.</param>
/// <param name="ClusterRoles">The role behind each entry of <c>remote_servers</c>.</param>
public sealed partial record WorldDeclaration(
    string Database,
    ImmutableArray<WorldStatement> Statements,
    ImmutableDictionary<string, string> ClusterRoles,
    ImmutableSortedSet<string> Collections)
{
    /// <summary>Named collections that are Postgres databases.</summary>
    public ImmutableSortedSet<string> Databases { get; init; } = [];

    /// <summary>The role of statements without a header.</summary>
    private const string OnlyRole = "node";

    public ImmutableArray<string> Roles => [.. Statements.Select(statement => statement.Role).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What a project declares.</summary>
    public static WorldDeclaration Of(Project project)
    {
        var generated = Compiler.Compile(project)
            .Select(item => new WorldStatement(item.Placement.Role, item.CreateSql, item.At) { Object = item.Name });
        var written =
            from statement in project.Schema
            from role in statement.Roles
            select new WorldStatement(role, statement.Sql, statement.At);
        return new WorldDeclaration(project.Database, [.. generated, .. written], ClustersOf(project.Fleet), CollectionsOf(project.Fleet)) { Databases = DatabasesOf(project.Fleet) };
    }

    /// <summary>What the nodes of a fleet have; of several nodes of a role, the first that was read.</summary>
    public static WorldDeclaration Of(Project project, ObservedFleet observed)
    {
        var statements =
            from role in observed.Nodes.Where(node => node.State == NodeState.Ok).GroupBy(node => node.Node.Role)
            from shape in role.SelectMany(node => node.Objects.Values).DistinctBy(shape => shape.Name)
            where !shape.Name.IsInner
            select new WorldStatement(role.Key, shape.CreateQuery, null) { Object = shape.Name };
        return new WorldDeclaration(project.Database, [.. statements], ClustersOf(project.Fleet), CollectionsOf(project.Fleet)) { Databases = DatabasesOf(project.Fleet) };
    }

    /// <summary>What the nodes will have once a project is applied: what it declares, and what is not its business.</summary>
    public static WorldDeclaration Of(Project project, ImmutableArray<WorldStatement> declared, ObservedFleet observed)
    {
        var fleet = Of(project, observed);
        var own = observed.Nodes.SelectMany(node => node.Objects.Values)
            .Where(shape => Mark.Read(shape.Comment)?.Project == project.Name)
            .Select(shape => shape.Name)
            .ToHashSet();
        var known = declared.Select(statement => (statement.Role, statement.Object)).ToHashSet();
        var others = fleet.Statements.Where(statement => !own.Contains(statement.Object!) && !known.Contains((statement.Role, statement.Object)));
        return fleet with { Statements = [.. declared, .. others] };
    }

    /// <summary>Plain DDL. Roles come from headers; a cluster that is called like none of them is the first one's.</summary>
    public static WorldDeclaration Of(string script, string file, string database)
    {
        ImmutableArray<WorldStatement> statements =
        [
            .. Breaking.Statements.Read(script, file).SelectMany(statement =>
                statement.Roles.DefaultIfEmpty(OnlyRole).Select(role => new WorldStatement(role, statement.Sql, statement.At))),
        ];
        var roles = statements.Select(statement => statement.Role).Distinct().ToList();
        var clusters = ClusterName().Matches(script).Select(match => match.Groups["name"].Value).Concat(roles).Distinct();
        return new WorldDeclaration(
            database,
            statements,
            clusters.ToImmutableDictionary(name => name, name => roles.Contains(name) ? name : roles[0]),
            [.. CollectionName().Matches(script).Select(match => match.Groups["name"].Value)]);
    }

    /// <summary>Only some objects, as an engine has already printed them.</summary>
    public WorldDeclaration Only(IEnumerable<ObjectState> objects) => this with
    {
        Statements = [.. objects.Where(item => !item.Name.IsInner)
            .Select(item => new WorldStatement(item.Ref.Role, item.Shape.CreateQuery, null) { Object = item.Name })],
    };

    [GeneratedRegex(@"Distributed\s*\(\s*[`'""]?(?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClusterName();

    [GeneratedRegex(@"(Kafka|NATS|RabbitMQ|PostgreSQL|MySQL|S3)\s*\(\s*(?<name>[A-Za-z_]\w*)\s*[,)]", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CollectionName();

    private static ImmutableDictionary<string, string> ClustersOf(Fleet fleet) =>
        fleet.Clusters.ToImmutableDictionary(cluster => cluster.Name, cluster => cluster.Role);

    private static ImmutableSortedSet<string> CollectionsOf(Fleet fleet) =>
        [.. FleetCollections.All(fleet).Select(collection => collection.Name).Except(DatabasesOf(fleet))];

    private static ImmutableSortedSet<string> DatabasesOf(Fleet fleet) => [.. fleet.Connections.Select(connection => connection.Collection)];
}
