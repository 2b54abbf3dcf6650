using Xunit;

namespace Millrace.IntegrationTests;

/// <summary>Tests that keep both cores busy on purpose: one at a time, after the others, so that they starve nobody.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
