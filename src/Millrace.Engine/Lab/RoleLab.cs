using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Lab;

/// <summary>Loads one role into one lab.</summary>
internal sealed class RoleLab(INodeConnection node, Project project, RoleDeclaration role)
{
    /// <summary>Statements in flight; the engine has two cores to parse on in most places this runs.</summary>
    private const int Parallelism = 4;

    private readonly List<Finding> findings = [];

    public async Task<LabResult> LoadAsync(CancellationToken cancel)
    {
        foreach (var database in role.Objects.Select(item => item.Name.Database).Append(project.Database).Distinct())
            await node.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Quote.Name(database)}", cancel: cancel);
        var views = role.Objects.Where(item => item.Purpose is ObjectPurpose.LegView or ObjectPurpose.StreamView).ToList();
        var kafka = role.Objects.Where(item => item.Purpose == ObjectPurpose.KafkaTable).ToList();
        // Views look at what they read when they are created; chains of them are created by their order.
        var late = role.Objects.Where(item => item.Purpose is ObjectPurpose.MergeView or ObjectPurpose.RollupView).ToList();
        await CreateAsync(role.Objects.Except(views).Except(late), cancel);
        await CreateAsync(late, cancel);
        await ProbeAsync(cancel);
        // Kafka tables are read back as they are, then give way to stand-ins: with a view they would start consuming.
        var shapes = await ReadAsync(kafka, cancel);
        await ForEachAsync(kafka, item => ReplaceByStandInAsync(item, cancel), cancel);
        await CreateAsync(views, cancel);
        foreach (var (name, shape) in await ReadAsync([.. role.Objects.Except(kafka)], cancel))
            shapes[name] = shape;

        var canonical = role.Objects
            .Where(item => shapes.ContainsKey(item.Name))
            .Select(item => new CanonicalObject(item, shapes[item.Name]));
        var schema = await new SchemaLab(node, project, role.Role, findings).LoadAsync(role.Statements, cancel);
        return new LabResult([.. canonical, .. schema], [.. findings]);
    }

    private Task CreateAsync(IEnumerable<DeclaredObject> objects, CancellationToken cancel) =>
        ForEachAsync(objects, item => CreateAsync(item, cancel), cancel);

    private async Task CreateAsync(DeclaredObject item, CancellationToken cancel)
    {
        try
        {
            await node.ExecuteAsync(LabSql.ForLab(item.CreateSql), cancel: cancel);
        }
        catch (ServerErrorException error)
        {
            Report(item, error);
        }
    }

    /// <summary>One after the other: two that bring the same schema at once would both write the server's copy of it.</summary>
    private async Task ProbeAsync(CancellationToken cancel)
    {
        foreach (var item in role.Objects.Where(item => item.ProbeSql is not null))
        {
            try
            {
                await node.QueryAsync(item.ProbeSql!, cancel: cancel);
            }
            catch (ServerErrorException error)
            {
                Report(item, error);
            }
        }
    }

    private async Task ReplaceByStandInAsync(DeclaredObject kafka, CancellationToken cancel)
    {
        await node.ExecuteAsync($"DROP TABLE IF EXISTS {Quote.Name(kafka.Name)} SYNC", cancel: cancel);
        await node.ExecuteAsync(kafka.StandInSql!, cancel: cancel);
    }

    private async Task<Dictionary<ObjectName, ObjectShape>> ReadAsync(IReadOnlyCollection<DeclaredObject> objects, CancellationToken cancel)
    {
        var names = objects.Select(item => item.Name).ToList();
        var found = names.Count == 0 ? [] : await ObjectReader.ReadAsync(node, names, tellsViewTargets: true, cancel);
        return found.ToDictionary(item => item.Shape.Name, item => item.Shape);
    }

    private void Report(DeclaredObject item, ServerErrorException error)
    {
        lock (findings)
            findings.Add(LabFinding.Of(item.At, $"`{item.Name}` on role `{role.Role}`", error, item.CreateSql));
    }

    private static Task ForEachAsync(
        IEnumerable<DeclaredObject> objects, Func<DeclaredObject, Task> run, CancellationToken cancel) =>
        Parallel.ForEachAsync(
            objects,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel },
            async (item, _) => await run(item));
}
