using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Lab;

/// <summary>
/// Remembers what a lab said of an object: the answer depends on the engine, on the object's definition and on those that it
/// mentions, and on nothing else. So a change of one stream asks about that stream only.
/// </summary>
public sealed class LabCache(AnswerStore answers)
{
    /// <param name="needed">The object and all that its definition mentions, however indirectly.</param>
    public static string KeyOf(string engineId, Project project, ObjectName name, IEnumerable<DeclaredObject> needed) => AnswerStore.KeyOf(
        needed.SelectMany(item => new[] { item.CreateSql, item.StandInSql ?? "" }).Prepend(name.ToString()).Prepend(project.Database).Prepend(engineId));

    /// <summary>The key of the types of a project's rollups: they depend on the tables that are read and the SELECTs.</summary>
    public static string KeyOf(string engineId, Project project) =>
        AnswerStore.KeyOf(Compiler.Compile(project)
            .Where(item => item.Purpose is ObjectPurpose.DataTable or ObjectPurpose.RollupView).Select(item => item.CreateSql)
            .Prepend(project.Database).Prepend(engineId).Prepend("rollups"));

    public async Task<Project?> ReadTypesAsync(string key, Project project, CancellationToken cancel)
    {
        var types = await answers.ReadAsync<ImmutableArray<ImmutableArray<Column>>?>(key, cancel);
        return types is { } known && known.Length == project.Rollups.Length
            ? project with { Rollups = [.. project.Rollups.Zip(known, (rollup, columns) => rollup with { Types = columns })] }
            : null;
    }

    public Task WriteTypesAsync(string key, Project typed, CancellationToken cancel) =>
        answers.WriteAsync(key, typed.Rollups.Select(rollup => rollup.Types).ToImmutableArray(), cancel);

    public async Task<CanonicalObject?> ReadAsync(string key, DeclaredObject item, CancellationToken cancel) =>
        await answers.ReadAsync<ObjectShape>(key, cancel) is { } shape && shape.Name == item.Name ? new CanonicalObject(item, shape) : null;

    public Task WriteAsync(string key, CanonicalObject item, CancellationToken cancel) => answers.WriteAsync(key, item.Shape, cancel);
}
