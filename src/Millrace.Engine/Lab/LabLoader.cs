using System.Collections.Immutable;
using Millrace.Core.Checks;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Lab;

/// <summary>
/// Creates the whole declaration in labs, one per role since roles hold different objects of the same name, and reads
/// it back in the engine's own words. What the engine refuses becomes a finding and hides nothing else.
/// </summary>
public sealed class LabLoader(ILabHost host, LabCache cache)
{
    /// <summary>Two labs at a time, each a server of its own; fewer objects than these are loaded before a second one has started.</summary>
    private const int WorthTwoLabs = 100;

    public async Task<LabResult> LoadAsync(Project project, CancellationToken cancel)
    {
        // With discovery, the shards that rings refer to are only known by now.
        if (RingLockDiffers.Run(project).Where(finding => finding.Severity == Severity.Error).ToImmutableArray() is { IsEmpty: false } unfit)
            return new LabResult([], unfit);
        (project, var untyped) = await TypeRollupsAsync(project, cancel);
        if (!untyped.IsEmpty)
            return new LabResult([], untyped);
        var objects = Compiler.Compile(project);
        var config = ConfigFor(project, objects);
        var roles = objects.Select(item => item.Placement.Role)
            .Concat(project.Schema.SelectMany(statement => statement.Roles))
            .Distinct(StringComparer.Ordinal)
            .Select(role => new RoleDeclaration(
                role,
                [.. objects.Where(item => item.Placement.Role == role)],
                [.. project.Schema.Where(statement => statement.Roles.Contains(role))]))
            .ToImmutableArray();

        var questions = new List<LabQuestion>();
        foreach (var role in roles)
            questions.Add(await AskedAsync(project, role, cancel));
        var isMuch = questions.Sum(question => question.Asked.Objects.Length + question.Asked.Statements.Length) >= WorthTwoLabs;
        var results = new LabResult[roles.Length];
        await using var labs = new LentLabs(host, config);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, roles.Length),
            new ParallelOptions { MaxDegreeOfParallelism = isMuch ? 2 : 1, CancellationToken = cancel },
            async (i, stop) => results[i] = await AnswerAsync(project, questions[i], labs, stop));
        return new LabResult(
            [.. results.SelectMany(result => result.Objects)],
            [.. results.SelectMany(result => result.Findings).Distinct()]);
    }

    /// <summary>The project with the types of its rollups' columns, or what an engine would not accept of them.</summary>
    public async Task<(Project Typed, ImmutableArray<Finding> Findings)> TypeRollupsAsync(Project project, CancellationToken cancel)
    {
        if (project.Rollups.IsEmpty)
            return (project, []);
        var key = LabCache.KeyOf(host.EngineId, project);
        if (await cache.ReadTypesAsync(key, project, cancel) is { } known)
            return (known, []);
        await using var lab = await host.StartAsync(ConfigFor(project, Compiler.Compile(project)), cancel);
        var (typed, findings) = await new RollupTyping(lab.Connection, project).TypeAsync(cancel);
        if (findings.IsEmpty)
            await cache.WriteTypesAsync(key, typed, cancel);
        return (typed, findings);
    }

    /// <summary>
    /// Only what no lab has answered before is created, with what it mentions. A role with hand-written schema is asked about
    /// whole: which objects that makes and reads is only known to the lab.
    /// </summary>
    private async Task<LabQuestion> AskedAsync(Project project, RoleDeclaration role, CancellationToken cancel)
    {
        var mentions = new Mentions([.. role.Objects.Select(item => (item.Name.Name, item.CreateSql))]);
        var byName = role.Objects.ToLookup(item => item.Name.Name, StringComparer.Ordinal);
        var known = new Dictionary<ObjectName, CanonicalObject>();
        var keys = new Dictionary<ObjectName, string>();
        foreach (var item in role.Statements.IsEmpty ? role.Objects : [])
        {
            keys[item.Name] = LabCache.KeyOf(host.EngineId, project, item.Name, mentions.Needed(item.Name.Name).SelectMany(name => byName[name]));
            if (await cache.ReadAsync(keys[item.Name], item, cancel) is { } answer)
                known[item.Name] = answer;
        }

        var needed = mentions.Needed(role.Objects.Where(item => !known.ContainsKey(item.Name)).Select(item => item.Name.Name));
        return new LabQuestion(role, role with { Objects = [.. role.Objects.Where(item => needed.Contains(item.Name.Name))] }, known, keys);
    }

    private async Task<LabResult> AnswerAsync(Project project, LabQuestion question, LentLabs labs, CancellationToken cancel)
    {
        var (role, asked, answers, keys) = question;
        if (question.IsAnswered)
            return new LabResult([.. role.Objects.Select(item => answers[item.Name])], []);

        // Users and functions outlive their databases, and replicas without a Keeper cannot be dropped.
        var leavesNothing = role.Statements.IsEmpty && asked.Objects.All(item => LabSql.ForLab(item.CreateSql) == item.CreateSql);
        var result = await labs.UseAsync(lab => new RoleLab(lab, project, asked).LoadAsync(cancel), leavesNothing, cancel);
        if (role.Statements.IsEmpty && result.Findings.All(finding => finding.Severity != Severity.Error))
            foreach (var item in result.Objects)
                await cache.WriteAsync(keys[item.Declared.Name], item, cancel);
        foreach (var item in result.Objects)
            answers[item.Name] = item;
        // In the order of the declaration, which is that of the plan.
        var declared = role.Objects.Where(item => answers.ContainsKey(item.Name)).Select(item => answers[item.Name]).ToList();
        return result with { Objects = [.. declared, .. result.Objects.Except(declared)] };
    }

    private static LabConfig ConfigFor(Project project, IEnumerable<DeclaredObject> objects) => new(
        [.. project.Fleet.Clusters.Select(cluster => cluster.Name)],
        [.. FleetCollections.All(project.Fleet).Select(collection => collection.Name).Except(project.Fleet.Connections.Select(connection => connection.Collection))])
    {
        Databases = [.. project.Fleet.Connections.Select(connection => connection.Collection)],
        Keeps = !project.Schema.IsEmpty,
        Presumed = PresumedNames.Of(project.Schema.Select(statement => statement.Sql).Concat(objects.Select(item => item.CreateSql))),
    };
}
