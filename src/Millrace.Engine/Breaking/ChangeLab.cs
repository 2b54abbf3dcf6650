using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Engine.Lab;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>
/// Has a real engine run the world before a change and the world after it, and says what breaks between them: by rules
/// over what the engine says of types and names, and by rows that are pushed through both. Checks in one lab follow each other.
/// </summary>
public sealed class ChangeLab : IAsyncDisposable
{
    private readonly Rigs _rigs;

    private ChangeLab(Rigs rigs) => _rigs = rigs;

    /// <summary>Starts a server for each role of any of the worlds; clusters and collections are those of all of them.</summary>
    public static async Task<ChangeLab> StartAsync(ILabHost host, CancellationToken cancel, params ImmutableArray<WorldDeclaration> worlds)
    {
        var names = worlds[0];
        foreach (var world in worlds.Skip(1))
            names = names with
            {
                Statements = [.. names.Statements, .. world.Statements],
                ClusterRoles = names.ClusterRoles.SetItems(world.ClusterRoles),
                Collections = names.Collections.Union(world.Collections),
                Databases = names.Databases.Union(world.Databases),
                Stores = names.Stores.Union(world.Stores),
            };
        return new ChangeLab(await Rigs.StartAsync(host, names.Roles, names, cancel));
    }

    /// <summary>Creates a world, and says what the engine does not accept of it; nothing else of it is missing.</summary>
    public async Task<ImmutableArray<(WorldStatement Statement, EngineFault Fault)>> LoadAsync(WorldDeclaration world, CancellationToken cancel) =>
        (await _rigs.For(world.Roles).MakeAsync(world, cancel)).Refused;

    /// <summary>Judges free DDL against a world.</summary>
    public Task<ChangeReport> CheckScriptAsync(WorldDeclaration before, ImmutableArray<ScriptStatement> change, CancellationToken cancel) =>
        new ChangeRun(_rigs.For(before.Roles)).ScriptAsync(before, change, cancel);

    /// <summary>Judges one declaration against another.</summary>
    public Task<ChangeReport> CheckDeclarationAsync(WorldDeclaration before, WorldDeclaration after, CancellationToken cancel) =>
        new ChangeRun(_rigs.For(before.Roles.Union(after.Roles))).DeclarationAsync(before, after, cancel);

    /// <summary>Says what is wrong with one world.</summary>
    public Task<ChangeReport> CheckWorldAsync(WorldDeclaration world, CancellationToken cancel) =>
        new ChangeRun(_rigs.For(world.Roles)).WorldAsync(world, cancel);

    /// <summary>Creates a world with rows, changes it, and runs statements in it, each answer or error as text: what really happens.</summary>
    public async Task<ImmutableArray<string>> ShowAsync(
        WorldDeclaration world,
        ImmutableArray<ScriptStatement> rows,
        ImmutableArray<ScriptStatement> change,
        ImmutableArray<ScriptStatement> statements,
        CancellationToken cancel)
    {
        var rigs = _rigs.For(world.Roles);
        await rigs.MakeAsync(world, cancel);
        await new ChangeScript(rows, rigs).RepeatAsync(cancel);
        await new ChangeScript(change, rigs).RepeatAsync(cancel);
        var answers = ImmutableArray.CreateBuilder<string>();
        foreach (var statement in statements)
            answers.Add(await AnswerAsync(rigs.Roles[statement.Roles.FirstOrDefault() ?? world.Roles[0]], statement, cancel));
        return answers.ToImmutable();
    }

    private static async Task<string> AnswerAsync(RoleRig rig, ScriptStatement statement, CancellationToken cancel)
    {
        try
        {
            return await rig.TextAsync(statement.Sql, cancel);
        }
        catch (ServerErrorException error)
        {
            return $"error {error.Code}\n";
        }
    }

    public ValueTask DisposeAsync() => _rigs.DisposeAsync();
}
