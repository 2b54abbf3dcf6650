using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Breaking;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.ServerConfig;
using Millrace.Core.Shapes;
using Millrace.Engine.Lab;

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

    /// <summary>Named collections that are files at an address.</summary>
    public ImmutableSortedSet<string> Stores { get; init; } = [];

    /// <summary>True when the statements are a history, such as migrations: they run one after the other, as they stand.</summary>
    public bool IsHistory { get; init; }

    /// <summary>What the statements take for granted on their servers.</summary>
    public PresumedNames Presumed => PresumedNames.Of(Statements.Select(statement => statement.Sql));

    /// <summary>Beginnings of statements that make nothing that holds or moves data.</summary>
    private static readonly string[] NoObjects =
    [
        "SET", "USE", "GRANT", "REVOKE", "SYSTEM", "OPTIMIZE", "INSERT", "SELECT", "WITH", "SHOW", "DESCRIBE", "EXPLAIN", "TRUNCATE", "BEGIN", "COMMIT",
        "CREATE USER", "CREATE ROLE", "CREATE ROW", "CREATE QUOTA", "CREATE SETTINGS", "CREATE PROFILE",
        "ALTER USER", "ALTER ROLE", "ALTER ROW", "ALTER QUOTA", "ALTER SETTINGS", "DROP USER", "DROP ROLE", "DROP ROW", "DROP QUOTA", "DROP SETTINGS",
    ];

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
            .. Breaking.Statements.Read(script, file).Where(MakesObjects).SelectMany(statement =>
                statement.Roles.DefaultIfEmpty(OnlyRole).Select(role => new WorldStatement(role, statement.Sql, statement.At) { Database = statement.Database })),
        ];
        var roles = statements.Select(statement => statement.Role).Distinct().ToList();
        // A cluster that a macro names has the macro's value in the lab.
        var clusters = ClusterName().Matches(script).Select(match => match.Groups["name"].Value).Concat(roles).Append(LabConfig.MacroValue).Distinct();
        return new WorldDeclaration(
            database,
            statements,
            clusters.ToImmutableDictionary(name => name, name => roles.Contains(name) ? name : roles.FirstOrDefault() ?? OnlyRole),
            [.. CollectionName().Matches(script).Select(match => match.Groups["name"].Value)])
        {
            Databases = [.. DatabaseName().Matches(script).Select(match => match.Groups["name"].Value)],
            Stores = [.. StoreName().Matches(script).Select(match => match.Groups["name"].Value)],
            IsHistory = statements.Any(statement => !IsCreation(statement.Sql)),
        };
    }

    private static bool MakesObjects(ScriptStatement statement)
    {
        var head = Breaking.Statements.Head(statement.Sql);
        return !NoObjects.Contains(head) && !NoObjects.Contains(head.Split((char[]?)null)[0]);
    }

    /// <summary>The statement that makes an object, whatever is done to it later.</summary>
    public static bool IsCreation(string sql) => Breaking.Statements.Head(sql) is var head
        && (head.StartsWith("CREATE", StringComparison.Ordinal) || head.StartsWith("ATTACH", StringComparison.Ordinal));

    /// <summary>Only some objects, as an engine has already printed them.</summary>
    public WorldDeclaration Only(IEnumerable<ObjectState> objects) => this with
    {
        IsHistory = false,
        Statements = [.. objects.Where(item => !item.Name.IsInner && item.Name.Database != "system")
            .Select(item => new WorldStatement(item.Ref.Role, item.Shape.CreateQuery, null) { Object = item.Name })],
    };

    [GeneratedRegex(@"\b(Distributed|cluster|clusterAllReplicas)\s*\(\s*[`'""]?(?<name>[\w-]+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClusterName();

    [GeneratedRegex(@"\b(Kafka|NATS|RabbitMQ)\s*\(\s*(?<name>[A-Za-z_]\w*)\s*[,)]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CollectionName();

    [GeneratedRegex(@"\b(PostgreSQL|MySQL|MongoDB)\s*\(\s*(?<name>[A-Za-z_]\w*)\s*[,)]", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DatabaseName();

    [GeneratedRegex(@"\b(S3|S3Queue|s3Cluster|GCS|OSS|URL|Iceberg|IcebergS3|DeltaLake|Hudi)\s*\(\s*(?<name>[A-Za-z_]\w*)\s*[,)]", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StoreName();

    private static ImmutableDictionary<string, string> ClustersOf(Fleet fleet) =>
        fleet.Clusters.ToImmutableDictionary(cluster => cluster.Name, cluster => cluster.Role);

    private static ImmutableSortedSet<string> CollectionsOf(Fleet fleet) =>
        [.. FleetCollections.All(fleet).Select(collection => collection.Name).Except(DatabasesOf(fleet))];

    private static ImmutableSortedSet<string> DatabasesOf(Fleet fleet) => [.. fleet.Connections.Select(connection => connection.Collection)];
}
