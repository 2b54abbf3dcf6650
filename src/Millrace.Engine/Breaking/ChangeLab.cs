using System.Collections.Immutable;
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
            };
        return new ChangeLab(await Rigs.StartAsync(host, names.Roles, names, cancel));
    }

    /// <summary>Judges free DDL against a world.</summary>
    public Task<ChangeReport> CheckScriptAsync(WorldDeclaration before, ImmutableArray<ScriptStatement> change, CancellationToken cancel) =>
        new ChangeRun(_rigs).ScriptAsync(before, change, cancel);

    /// <summary>Judges one declaration against another.</summary>
    public Task<ChangeReport> CheckDeclarationAsync(WorldDeclaration before, WorldDeclaration after, CancellationToken cancel) =>
        new ChangeRun(_rigs).DeclarationAsync(before, after, cancel);

    /// <summary>Says what is wrong with one world.</summary>
    public Task<ChangeReport> CheckWorldAsync(WorldDeclaration world, CancellationToken cancel) =>
        new ChangeRun(_rigs).WorldAsync(world, cancel);

    /// <summary>Creates a world and runs statements in it, each answer or error as text: what really happens.</summary>
    public async Task<ImmutableArray<string>> ShowAsync(
        WorldDeclaration world, ImmutableArray<ScriptStatement> change, ImmutableArray<ScriptStatement> statements, CancellationToken cancel)
    {
        await _rigs.LoadAsync(world, cancel);
        await new ChangeScript(change, _rigs).RepeatAsync(cancel);
        var answers = ImmutableArray.CreateBuilder<string>();
        foreach (var statement in statements)
        {
            var rig = _rigs.Roles[statement.Roles.FirstOrDefault() ?? _rigs.Roles.Keys.Order(StringComparer.Ordinal).First()];
            try
            {
                answers.Add(await rig.TextAsync(statement.Sql, cancel));
            }
            catch (ServerErrorException error)
            {
                answers.Add($"error {error.Code}\n");
            }
        }

        return answers.ToImmutable();
    }

    public ValueTask DisposeAsync() => _rigs.DisposeAsync();
}
