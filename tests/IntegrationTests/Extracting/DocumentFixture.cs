using System.Text;
using FsCheck.Fluent;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Embedded;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.IntegrationTests.Extracting;

/// <summary>A server with a table <c>doc</c> of the corpus and of random documents, new ones in every run.</summary>
public sealed class DocumentFixture : IAsyncLifetime
{
    private const int RandomDocuments = 20_000;

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
            [.. JsonDocuments.Corpus.Select(Encoding.UTF8.GetBytes), .. Gen.Sample(JsonDocuments.All, RandomDocuments)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
            await node.DisposeAsync();
        connector.Dispose();
        folder.Dispose();
    }
}
