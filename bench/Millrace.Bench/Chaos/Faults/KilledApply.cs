namespace Millrace.Bench.Chaos.Faults;

/// <summary>An apply of a change to the live stream is killed somewhere in its middle, and later run again.</summary>
internal sealed class KilledApply : IFault
{
    private bool killed;

    public string Name => killed ? "apply killed" : "apply not killed (it was done before)";

    public async Task StrikeAsync(ChaosFleet fleet, Random random, CancellationToken cancel)
    {
        if (random.Next(2) == 0)
            fleet.Project.AddColumn();
        else
            fleet.Project.Retune();
        killed = await fleet.ApplyAsync($"kill@{random.Next(1, 12)}", cancel);
    }

    public async Task AnswerAsync(ChaosFleet fleet, CancellationToken cancel) => await fleet.ApplyAsync(fault: null, cancel);
}
