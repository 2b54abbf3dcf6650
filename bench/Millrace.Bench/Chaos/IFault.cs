namespace Millrace.Bench.Chaos;

/// <summary>One way in which a fleet is hurt.</summary>
internal interface IFault
{
    /// <summary>A few words for the report.</summary>
    string Name { get; }

    /// <summary>Hurts the fleet, and returns when nothing is held down any more: from then on counts its recovery.</summary>
    Task StrikeAsync(ChaosFleet fleet, Random random, CancellationToken cancel);

    /// <summary>What a person would do about it, while the fleet recovers; most faults need nobody.</summary>
    Task AnswerAsync(ChaosFleet fleet, CancellationToken cancel) => Task.CompletedTask;
}
