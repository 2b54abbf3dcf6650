using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Bench.Planning;

/// <summary>What one exact statement does to a node that runs it.</summary>
/// <param name="Name">The object that it touches; null when it touches none.</param>
/// <param name="Shape">What the object is afterwards; null when it is gone.</param>
public sealed record ScriptedStatement(string Sql, ObjectName? Name, ObjectShape? Shape)
{
    /// <summary>The script for a plan: every statement of it, with the shapes that the lab found.</summary>
    public static ImmutableArray<ScriptedStatement> ForPlan(Plan plan, Project project)
    {
        var shapes = plan.Steps
            .SelectMany(step => step.Expect, (step, expect) => (step.Role, expect.Name, expect.Shape))
            .Where(item => item.Shape is not null).DistinctBy(item => (item.Role, item.Name))
            .ToDictionary(item => (item.Role, item.Name), item => item.Shape!);
        var creations = new Dictionary<string, ScriptedStatement>(StringComparer.Ordinal);
        foreach (var item in Compiler.Compile(project))
        {
            var shape = shapes[(item.Placement.Role, item.Name)];
            creations.TryAdd(item.CreateSql, new(item.CreateSql, item.Name, shape));
            if (item.StandInSql is { } standIn)
                creations.TryAdd(standIn, new(standIn, item.Name, shape with { Engine = "Null" }));
        }

        // What creates nothing is the DROP of a leg's stand-in, or the CREATE of the database.
        var others = plan.Steps
            .SelectMany(step => step.Statements, (step, sql) => new ScriptedStatement(sql, step.Phase == Phase.Databases ? null : step.Object, null))
            .Where(statement => !creations.ContainsKey(statement.Sql))
            .DistinctBy(statement => statement.Sql);
        return [.. creations.Values, .. others];
    }
}
