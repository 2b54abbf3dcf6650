using System.Text.Json.Nodes;
using Millrace.Bench.Running;
using Millrace.DevCluster;
using Xunit;

namespace Millrace.IntegrationTests.Apply;

/// <summary>
/// Replicated tables of <c>schema/*.sql</c>, with a real ZooKeeper. The embedded server has no port for replicas to fetch from each
/// other: its replicated tables exist and stay read-only, which is as far as these tests can go.
/// </summary>
public sealed class ReplicatedSchemaTests(KeeperFixture fixture) : IClassFixture<KeeperFixture>, IDisposable
{
    private const string Tables = """
        -- role: data
        CREATE TABLE demo.facts (id UInt64, body String)
        ENGINE = ReplicatedReplacingMergeTree('/clickhouse/{database}/facts', '{replica}') ORDER BY id;

        """;

    private const string View = "CREATE VIEW demo.newest AS SELECT max(id) AS id FROM demo.facts;\n";

    private readonly TempFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Replicas_are_created_once_and_read_back_as_declared_and_the_doctor_sees_that_they_are_read_only()
    {
        files.Write("millrace.yaml", "name: demo\n");
        FleetFile.Write(files.Path, fixture.Cluster.Fleet, null);
        files.Write("schema/facts.sql", Tables);
        await AppliedAsync();
        files.Write("schema/facts.sql", Tables + View);
        await AppliedAsync();

        foreach (var node in new[] { "data-1", "data-2" })
            Assert.Equal("ReplicatedReplacingMergeTree\nView", await fixture.Cluster.Http(node).AskAsync("SELECT engine FROM system.tables WHERE database = 'demo' ORDER BY name"));
        var doctor = JsonNode.Parse((await MillraceInProcess.RunAsync(files.Path, "doctor", "--json")).Output)!;
        Assert.Equal(["data-1", "data-2"], doctor["findings"]!.AsArray().Where(f => (string)f!["code"]! == "MR277").Select(f => (string)f!["node"]!).Order());
    }

    /// <summary>Applies, and finds nothing to do after that.</summary>
    private async Task AppliedAsync()
    {
        var (exit, output, errors) = await MillraceInProcess.RunAsync(files.Path, "apply", "--yes");
        Assert.True(exit == 0, output + errors);
        Assert.Contains("nothing left to do", output, StringComparison.Ordinal);
        var again = await MillraceInProcess.RunAsync(files.Path, "plan", "--detailed-exitcode");
        Assert.True(again.Exit == 0, again.Output + again.Errors);
    }
}
