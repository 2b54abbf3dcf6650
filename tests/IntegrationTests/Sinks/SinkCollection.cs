using Xunit;

namespace Millrace.IntegrationTests.Sinks;

/// <summary>Tests that can share one fleet, one after the other: none takes anything from it that another needs.</summary>
[CollectionDefinition(Name)]
public sealed class SinkCollection : ICollectionFixture<SinkFixture>
{
    public const string Name = "sinks";
}
