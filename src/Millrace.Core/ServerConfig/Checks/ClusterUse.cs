using Millrace.Core.Model;

namespace Millrace.Core.ServerConfig.Checks;

/// <summary>Which clusters the generated tables of a role name.</summary>
internal static class ClusterUse
{
    public static IEnumerable<string> Of(Project project, string role) =>
        project.Pipelines
            .SelectMany(pipeline => Of(project.Fleet, pipeline, role))
            .Select(cluster => cluster.Name)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<Cluster> Of(Fleet fleet, Pipeline pipeline, string role)
    {
        // The compiler's own choice; null only for a project that has not passed its checks.
        var sink = ClusterChoice.Of(fleet, pipeline.Into);
        var errors = ClusterChoice.Of(fleet, pipeline.Errors, pipeline.Into);
        var everywhere = pipeline.Role == role;
        var layer = fleet.FindRole(role) is { Kind: RoleKind.Query } query ? query : null;
        if (sink is not null && (everywhere || sink.Role == role || (layer is not null && pipeline.Table!.IsReadOn(layer))))
            yield return sink;
        if (errors is not null && (everywhere || errors.Role == role || layer?.MaySee(pipeline.Errors.Table) == true))
            yield return errors;
    }
}
