using System.Net.Http.Headers;
using System.Text;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Xunit;

namespace Millrace.IntegrationTests.DevCluster;

public sealed class ClusterWithPasswordTests
{
    private const string Variable = "MILLRACE_TEST_DEV_PASSWORD";
    private const string Password = "it's <secret> & odd";

    [Fact]
    public async Task Only_the_password_opens_the_nodes_and_distributed_queries_still_work()
    {
        Environment.SetEnvironmentVariable(Variable, Password);
        using var folder = new TempFolder();
        var spec = new DevClusterSpec { Roles = [new("data", RoleKind.Storage, 1), new("query", RoleKind.Query, 1)], Brokers = [] };
        await using var cluster = await EmbeddedCluster.UpAsync(
            spec.WithPasswordFrom(Variable), folder.Path, cancel: TestContext.Current.CancellationToken);

        Assert.Equal("millrace", cluster.Fleet.Connect.User);
        Assert.Equal("", await AskAsync(cluster.Http("data-1"), "CREATE TABLE t ENGINE = MergeTree ORDER BY () AS SELECT 42 AS x", "millrace", Password));
        Assert.Equal("42\n", await AskAsync(cluster.Http("query-1"), "SELECT * FROM cluster('data', default.t)", "millrace", Password));
        Assert.Contains("AUTHENTICATION_FAILED", await AskAsync(cluster.Http("data-1"), "SELECT 1", "millrace", "wrong"), StringComparison.Ordinal);
        Assert.Contains("ACCESS_DENIED", await AskAsync(cluster.Http("data-1"), "SELECT * FROM t", "default", ""), StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Extension is ".xml" or ".json" or ".log"),
            file => Assert.DoesNotContain("& odd", ReadShared(file), StringComparison.Ordinal));
    }

    private static async Task<string> AskAsync(Uri node, string sql, string user, string password)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        using var answer = await http.PostAsync(node, new StringContent(sql));
        return await answer.Content.ReadAsStringAsync();
    }

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
