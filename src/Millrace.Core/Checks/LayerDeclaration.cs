using Millrace.Core.Findings;
using Millrace.Core.Layers;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>What is declared of a query layer must be about a query role, about tables that exist, and about users of its own.</summary>
internal static class LayerDeclaration
{
    public const string Code = "MR505";

    public static IEnumerable<Finding> Run(Project project) =>
        project.Fleet.Roles.Where(role => role.Layer is not null).SelectMany(role => OfRole(project, role)).Concat(SharedUsers(project)).Concat(SharedPorts(project));

    private static IEnumerable<Finding> OfRole(Project project, Role role)
    {
        if (role.Kind != RoleKind.Query)
        {
            yield return Finding.Error(
                Code,
                $"`tables`, `settings`, `users` and `balance` are for query layers, but `{role.Name}` is of another kind",
                project.Sources.Find($"fleet.roles.{role.Name}"),
                "move them to a role of kind `query`");
            yield break;
        }

        var tables = new LayerTables(project, role);
        if (tables.HasSchema) // What its statements create is only known to the lab.
            yield break;
        var known = project.Tables.Select(stored => stored.Table.Table).Concat(project.Pipelines.Select(pipeline => pipeline.Errors.Table)).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var name in tables.Others)
            yield return Finding.Error(
                Code,
                $"the layer `{role.Name}` is granted `{name}`, which no stream fills and no schema statement creates there",
                project.Sources.Find($"fleet.roles.{role.Name}.tables[{role.Layer!.Tables.IndexOf(name)}]"),
                KnownNames.Fix(name, known, "as a table of a stream"));
    }

    private static IEnumerable<Finding> SharedUsers(Project project) =>
        from role in project.Fleet.Roles
        from user in (role.Layer?.Users ?? []).AsEnumerable()
        group role by user.Name into sharing
        where sharing.Count() > 1
        select Finding.Error(
            Code,
            $"the user `{sharing.Key}` belongs to the layers {string.Join(" and ", sharing.Select(role => $"`{role.Name}`"))}: on storage it could only have the rights of one",
            project.Sources.Find($"fleet.roles.{sharing.Last().Name}.users.{sharing.Key}"),
            "give each layer users of its own");

    private static IEnumerable<Finding> SharedPorts(Project project) =>
        from role in project.Fleet.Roles
        from port in new[] { role.Layer?.Balance?.Http, role.Layer?.Balance?.Native }
        where port is not null
        group role by port.Value into sharing
        where sharing.Count() > 1
        select Finding.Error(
            Code,
            $"the balancer would listen on port {sharing.Key} twice",
            project.Sources.Find($"fleet.roles.{sharing.Last().Name}.balance"),
            "give every frontend a port of its own");
}
