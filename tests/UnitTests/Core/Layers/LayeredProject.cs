using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.UnitTests.Core.Layers;

/// <summary>The sample project with two query layers: one that sees everything, and one that sees a table.</summary>
internal static class LayeredProject
{
    public static QueryLayer Dashboards { get; } = new()
    {
        Tables = ["events"],
        Settings = ImmutableSortedDictionary<string, string>.Empty.Add("max_threads", "4").Add("max_execution_time", "30"),
        Users = [new LayerUser("grafana", "GRAFANA_SHA256", ["10.0.0.0/8"])],
        Balance = new Balancing { Http = 8123, Native = 9000, Connections = 50 },
    };

    public static Project With(QueryLayer dashboards) => Projects.Project with
    {
        Fleet = Projects.Fleet with
        {
            Roles =
            [
                .. Projects.Fleet.Roles.Where(role => role.Kind != RoleKind.Query),
                new Role("dashboards", RoleKind.Query) { Layer = dashboards },
                new Role("monitoring", RoleKind.Query),
            ],
            Nodes =
            [
                .. Projects.Fleet.Nodes.Where(node => node.Role != "query"),
                Projects.Node("dash-1", "dashboards"), Projects.Node("dash-2", "dashboards"), Projects.Node("mon-1", "monitoring"),
            ],
        },
    };
}
