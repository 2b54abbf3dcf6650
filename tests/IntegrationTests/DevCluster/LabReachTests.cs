using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Xunit;

namespace Millrace.IntegrationTests.DevCluster;

/// <summary>Whatever a declaration names, a check connects to none of it.</summary>
public sealed class LabReachTests : IDisposable
{
    private const string Azure = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5";

    private readonly TempFolder folder = new();
    private readonly TcpListener outside = new(IPAddress.Loopback, 0);

    public void Dispose()
    {
        outside.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Statements_that_would_ask_others_for_their_columns_ask_nobody_and_hide_nothing()
    {
        outside.Start();
        var there = outside.LocalEndpoint.ToString()!;
        folder.Write("millrace.yaml", "name: demo\n");
        folder.Write("fleet.yaml", "roles: { data: { kind: storage } }\nclusters: { data: { role: data } }\nnodes:\n  data-1: { role: data, shard: 1, http: \"http://127.0.0.1:1\" }\n");
        folder.Write("schema/outside.sql", $"""
            -- role: data
            CREATE VIEW demo.pg AS SELECT * FROM postgresql('{there}', 'db', 't', 'u', 'p');
            CREATE VIEW demo.my AS SELECT * FROM mysql('{there}', 'db', 't', 'u', 'p');
            CREATE VIEW demo.far AS SELECT * FROM numbers(1) WHERE number IN (SELECT id FROM remote('{there}', db.t));
            CREATE TABLE demo.copied AS remote('{there}', db.t);
            CREATE VIEW demo.web AS SELECT * FROM url('http://{there}/x.csv');
            CREATE VIEW demo.store AS SELECT * FROM s3('http://{there}/bucket/x.parquet');
            CREATE VIEW demo.told (id UInt64) AS SELECT id FROM postgresql('{there}', 'db', 't', 'u', 'p');
            CREATE VIEW demo.shaped AS SELECT * FROM url('http://{there}/x.csv', 'CSV', 'id UInt64');
            CREATE TABLE demo.mirror (id UInt64) ENGINE = PostgreSQL('{there}', 'db', 't', 'u', 'p');
            CREATE VIEW demo.over AS SELECT id + 1 AS next FROM demo.told;
            CREATE VIEW demo.hadoop AS SELECT * FROM hdfs('hdfs://{there}/x.csv');
            CREATE VIEW demo.cloud AS SELECT * FROM azureBlobStorage('{Azure};BlobEndpoint=http://{there}/a;', 'c', 'f.csv');
            CREATE TABLE demo.lake ENGINE = IcebergAzure('{Azure};BlobEndpoint=http://{there}/a;', 'c', 'f');
            CREATE TABLE demo.blob (id UInt64) ENGINE = AzureBlobStorage('{Azure};BlobEndpoint=http://{there}/a;', 'c', 'f.csv', 'CSV');
            CREATE VIEW demo.shaped_hadoop AS SELECT * FROM hdfs('hdfs://{there}/x.csv', 'CSV', 'id UInt64');
            CREATE VIEW demo.shaped_cloud AS SELECT * FROM azureBlobStorage('{Azure};BlobEndpoint=http://{there}/a;', 'c', 'f.csv', 'CSV', 'auto', 'id UInt64');
            CREATE VIEW demo.wrong AS SELECT nothing FROM demo.mirror;

            """);

        var (_, output, _) = await MillraceCli.RunAsync(folder.Path, "check", "--json");

        var found = JsonNode.Parse(output)!["findings"]!.AsArray().Select(f => $"{(int)f!["line"]!} {f["code"]}").ToList();
        Assert.Equal(["2 MR132", "3 MR132", "4 MR132", "5 MR132", "6 MR130", "7 MR130", "12 MR132", "13 MR132", "14 MR132", "15 MR132", "18 MR130"], found);
        Assert.False(outside.Pending(), "something connected");
    }
}
