using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Embedded;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.IntegrationTests.Extracting;

/// <summary>A server with a table <c>doc</c> of the corpus and of random documents, the same ones in every run.</summary>
public sealed class DocumentFixture : IAsyncLifetime
{
    private const int RandomDocuments = 10_000;
    private const int Size = 50;

    /// <summary>Another seed is another run: MILLRACE_SEED=123.</summary>
    private static readonly ulong Seed = ulong.Parse(Environment.GetEnvironmentVariable("MILLRACE_SEED") ?? "20260101", CultureInfo.InvariantCulture);

    private readonly TempFolder folder = new();
    private readonly HttpNodeConnector connector = new();
    private EmbeddedNode? node;

    public INodeConnection Connection { get; private set; } = null!;

    public DocumentTable Documents { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        node = await EmbeddedNode.StartAsync(
            new NodeOptions { ConfigFile = folder.Write("config.xml", "<clickhouse/>"), DataFolder = folder.File("data") },
            cancel: TestContext.Current.CancellationToken);
        Connection = connector.Connect(node.Http, new ConnectOptions());
        Documents = new DocumentTable(Connection, "doc");
        await Documents.FillAsync(
            [.. JsonDocuments.Corpus.Select(Encoding.UTF8.GetBytes), .. Gen.Sample(JsonDocuments.All, Size, new Rnd(Seed, 1), RandomDocuments)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
            await node.DisposeAsync();
        connector.Dispose();
        folder.Dispose();
    }
}
