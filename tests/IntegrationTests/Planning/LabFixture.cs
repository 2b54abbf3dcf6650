using Millrace.ClickHouse.Http;
using Millrace.DevCluster.Lab;
using Millrace.Engine.Lab;

namespace Millrace.IntegrationTests.Planning;

/// <summary>The lab for the tests of a class; what it said of a declaration is kept, since scenarios share most of theirs.</summary>
public sealed class LabFixture : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly HttpNodeConnector connector = new();

    public LabFixture()
    {
        Host = new EmbeddedLabHost(connector);
        Loader = new LabLoader(Host, new LabCache(new AnswerStore(folder.Path)));
    }

    public EmbeddedLabHost Host { get; }

    public LabLoader Loader { get; }

    public void Dispose()
    {
        connector.Dispose();
        folder.Dispose();
    }
}
