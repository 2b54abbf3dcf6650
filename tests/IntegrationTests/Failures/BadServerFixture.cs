using Millrace.IntegrationTests.Streams;

namespace Millrace.IntegrationTests.Failures;

/// <summary>
/// A cluster and one project over it for all tests of a class: what the lab said of the project is then known, and each
/// test costs a command instead of three servers.
/// </summary>
public sealed class BadServerFixture : StreamFixture
{
    private ProjectFolder? project;
    private string fleet = "";

    /// <summary>The project, with its node events-2 reached through the proxy, and short timeouts.</summary>
    internal ProjectFolder ProjectThrough(FaultyProxy proxy)
    {
        if (project is null)
        {
            project = new ProjectFolder(Cluster, "faults", "faults");
            fleet = project.Fleet;
        }

        var (real, bad) = (Cluster.Http("events-2").GetLeftPart(UriPartial.Authority), proxy.Address.GetLeftPart(UriPartial.Authority));
        project.Fleet = fleet.Replace(real, bad, StringComparison.Ordinal)
            + "connect: { connect_timeout: 1s, statement_timeout: 2s, retries: 1 }\n";
        return project;
    }

    public override async ValueTask DisposeAsync()
    {
        project?.Dispose();
        await base.DisposeAsync();
    }
}
