using Xunit.Sdk;
using Xunit.v3;

[assembly: Xunit.TestCollectionOrderer(typeof(Millrace.IntegrationTests.LongFirst))]

namespace Millrace.IntegrationTests;

/// <summary>Starts the classes that take minutes before all others, so that none of them runs on alone at the end.</summary>
public sealed class LongFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(Chaos.ChaosTests), nameof(Apply.KilledApplyTests), nameof(Rings.RingRebalanceTests), nameof(Backfill.BackfillTests),
        nameof(Layers.QueryLayerTests), nameof(Watch.FleetWatchTests), nameof(Failures.BadServerTests), nameof(Streams.LiveChangeTests),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => Long.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
