using System.Collections.Concurrent;
using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Sql;
using Millrace.Engine.Lab;

namespace Millrace.Engine.Breaking;

/// <summary>
/// A lab per role, and the labs are each other's clusters: a row that is put into the first table of a stream comes
/// out of the last one, over as many roles as the fleet has.
/// </summary>
internal sealed class Rigs : IAsyncDisposable
{
    private const int Parallelism = 4;

    private const int UnknownDatabase = 81;

    private readonly ImmutableArray<ILab> _labs;

    private Rigs(ImmutableArray<ILab> labs, ImmutableDictionary<string, RoleRig> roles) => (_labs, Roles) = (labs, roles);

    public ImmutableDictionary<string, RoleRig> Roles { get; }

    public static async Task<Rigs> StartAsync(ILabHost host, ImmutableArray<string> roles, WorldDeclaration names, CancellationToken cancel)
    {
        var presumed = names.Presumed;
        var ports = host.FreePorts(roles.Length);
        var clusterPorts = names.ClusterRoles
            .Where(pair => roles.Contains(pair.Value))
            .ToImmutableDictionary(pair => pair.Key, pair => ports[roles.IndexOf(pair.Value)]);
        var starting = roles.Select((_, i) => host.StartAsync(
            new LabConfig([.. names.ClusterRoles.Keys], names.Collections)
            {
                Databases = names.Databases, Stores = names.Stores, Port = ports[i], ClusterPorts = clusterPorts, Works = true, Presumed = presumed,
            },
            cancel)).ToList();
        var labs = await Task.WhenAll(starting);
        return new Rigs([.. labs], roles.Zip(labs).ToImmutableDictionary(
            pair => pair.First, pair => new RoleRig(pair.First, pair.Second.Connection, names.Database)));
    }

    /// <summary>Only the labs of some roles; they stay this object's to end.</summary>
    public Rigs For(IEnumerable<string> roles) => new([], Roles.RemoveRange(Roles.Keys.Except(roles)));

    /// <summary>Empties every lab and creates a world as it is written, with the semicolons that are missing; what is wrong is in the answer.</summary>
    public async Task<(WorldDeclaration World, ImmutableArray<(WorldStatement Statement, EngineFault Fault)> Refused)> MakeAsync(WorldDeclaration world, CancellationToken cancel)
    {
        (world, var missing) = await MendAsync(world, cancel);
        return (world, [.. missing, .. await LoadAsync(world, cancel)]);
    }

    /// <summary>Empties every lab and creates a world; what the engine refuses is in the answer.</summary>
    public async Task<ImmutableArray<(WorldStatement Statement, EngineFault Fault)>> LoadAsync(WorldDeclaration world, CancellationToken cancel)
    {
        var refused = await Task.WhenAll(Roles.Values.Select(
            rig => LoadAsync(rig, [.. world.Statements.Where(statement => statement.Role == rig.Role)], world.IsHistory, cancel)));
        return [.. refused.SelectMany(role => role)];
    }

    /// <summary>The same world, where a missing semicolon makes one statement of several; and where one is missing.</summary>
    public async Task<(WorldDeclaration World, ImmutableArray<(WorldStatement Statement, EngineFault Fault)> Missing)> MendAsync(WorldDeclaration world, CancellationToken cancel)
    {
        var (statements, missing) = await Semicolons.ApartAsync(
            world.Statements,
            statement => (Roles.GetValueOrDefault(statement.Role), statement.Sql, statement.At),
            (statement, sql, at) => statement with { Sql = sql, At = at },
            cancel);
        return (missing.IsEmpty ? world : world with { Statements = statements }, missing);
    }

    private static async Task<List<(WorldStatement Statement, EngineFault Fault)>> LoadAsync(
        RoleRig rig, List<WorldStatement> statements, bool isHistory, CancellationToken cancel)
    {
        await rig.ResetAsync(cancel);
        if (isHistory)
            return await RepeatAsync(rig, statements, cancel);
        foreach (var database in statements.Select(statement => statement.Object?.Database ?? statement.Database).OfType<string>().Distinct())
            await rig.RunAsync($"CREATE DATABASE IF NOT EXISTS {Quote.Name(database)}", cancel);
        // Views come last: a Kafka table has given way to its stand-in by then, and never consumes.
        var views = statements.Where(statement => statement.Sql.Contains("VIEW", StringComparison.OrdinalIgnoreCase)).ToList();
        var late = await CreateAsync(rig, statements.Except(views), cancel);
        await rig.SettleAsync(cancel);
        var refused = await CreateAsync(rig, [.. late.Select(item => item.Statement), .. views], cancel);
        await rig.SettleAsync(cancel);
        return refused;
    }

    /// <summary>One after the other: each may change what those before it have made.</summary>
    private static async Task<List<(WorldStatement Statement, EngineFault Fault)>> RepeatAsync(
        RoleRig rig, List<WorldStatement> statements, CancellationToken cancel)
    {
        var refused = new List<(WorldStatement Statement, EngineFault Fault)>();
        foreach (var statement in statements)
        {
            var fault = await rig.CreateAsync(statement.Sql, statement.Database, cancel);
            if (fault?.Code == UnknownDatabase && await MakeDatabasesAsync(rig, [(statement, fault)], cancel))
                fault = await rig.CreateAsync(statement.Sql, statement.Database, cancel);
            if (fault is not null)
                refused.Add((statement, fault));
            else if (WorldDeclaration.IsCreation(statement.Sql))
                await rig.SettleAsync(cancel);
            else
                await rig.ForgetReplicasAsync(cancel); // Between two steps of a history more time has passed than a dropped table keeps its path.
        }

        return refused;
    }

    public async Task<World> ReadAsync(WorldDeclaration names, World? known, CancellationToken cancel)
    {
        var states = await Task.WhenAll(Roles.Values.Select(rig => new WorldReader(rig).ReadAsync(known, cancel)));
        return new World(states.SelectMany(role => role), names.ClusterRoles);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lab in _labs)
            await lab.DisposeAsync();
    }

    /// <summary>In rounds, for as long as each creates something that the next may need.</summary>
    private static async Task<List<(WorldStatement Statement, EngineFault Fault)>> CreateAsync(
        RoleRig rig, IEnumerable<WorldStatement> statements, CancellationToken cancel)
    {
        var open = statements.ToList();
        while (true)
        {
            var failed = new ConcurrentBag<(WorldStatement Statement, EngineFault Fault)>();
            await Parallel.ForEachAsync(
                open,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel },
                async (statement, stop) =>
                {
                    if (await rig.CreateAsync(statement.Sql, statement.Database, stop) is { } fault)
                        failed.Add((statement, fault));
                });
            if (failed.IsEmpty || (failed.Count == open.Count && !await MakeDatabasesAsync(rig, failed, cancel)))
                return [.. failed];
            open = [.. failed.Select(item => item.Statement)];
        }
    }

    /// <summary>Plain DDL, such as a dump, names databases that it does not create; those of its own objects are made.</summary>
    /// <returns>True when one was made.</returns>
    private static async Task<bool> MakeDatabasesAsync(
        RoleRig rig, IEnumerable<(WorldStatement Statement, EngineFault Fault)> failed, CancellationToken cancel)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (statement, _) in failed.Where(item => item.Fault.Code == UnknownDatabase))
        {
            if (statement.Database is { } used)
                wanted.Add(used);
            if (await rig.OutlineAsync(statement.Sql, cancel) is { } outline)
                wanted.Add(outline.Name.Database);
        }

        var known = RoleRig.Lines(await rig.TextAsync("SELECT name FROM system.databases FORMAT TSVRaw", cancel));
        var made = wanted.Except(known).ToList();
        foreach (var name in made)
            await rig.RunAsync($"CREATE DATABASE {Quote.Name(name)}", cancel);
        return made.Count > 0;
    }
}
