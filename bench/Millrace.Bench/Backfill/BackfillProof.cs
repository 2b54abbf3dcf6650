namespace Millrace.Bench.Backfill;

/// <summary>Backfills that crash, and what they come to in the end.</summary>
public sealed class BackfillProof(BackfillFleet fleet, TextWriter report)
{
    private const int CrashesPerSeed = 4;

    /// <summary>Between INSERTs that are straight into the shards, beside those of the stream.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(500);

    /// <summary>Long: a busy machine must not decide. What a cut takes is measured.</summary>
    private const string Deadline = "120s";

    private DirectLoad? direct;

    public int Crashes { get; private set; }

    public long WrongKeys { get; private set; }

    /// <summary>Some of them, for whoever looks for the cause.</summary>
    public string WrongInWords { get; private set; } = "";

    public long Leftovers { get; private set; }

    public List<double> Pauses { get; } = [];

    /// <summary>One backfill from start to end. Seeds share the boundaries between them, so that ten visit every one.</summary>
    public async Task RunAsync(int seed, CancellationToken cancel)
    {
        await fleet.ForgetAsync(cancel);
        var boundaries = Enumerable.Range(0, CrashesPerSeed)
            .Select(i => (seed * CrashesPerSeed + i) % Boundaries.All.Count).Order().Select(i => Boundaries.All[i]).ToList();
        var before = Crashes;
        direct = new DirectLoad(fleet, writers: 1, Gap).Start();
        string[] words = ["backfill", "run", "hourly", "--unit-rows", "200000", "--cut", seed % 2 == 0 ? "quiet" : "pause", "--pause", Deadline];
        foreach (var boundary in boundaries.TakeWhile(_ => words.Length > 0))
        {
            var (killed, text) = await fleet.MillraceAsync($"kill@/{boundary}/", null, cancel, words);
            Pauses.AddRange(BackfillBench.PausesIn(text));
            if (!killed)
            {
                words = [];
                break;
            }

            Crashes++;
            words = await IsUnfinishedAsync(cancel) ? ["backfill", "resume"] : [];
        }

        if (words.Length > 0)
            await EndAsync(seed, words, cancel);
        await direct.DisposeAsync();
        await fleet.RestAsync(cancel);
        var (wrong, left) = (await fleet.WrongKeysAsync(cancel), await fleet.LeftoversAsync(cancel));
        (WrongKeys, Leftovers) = (WrongKeys + wrong, Leftovers + left);
        if (wrong > 0)
            WrongInWords += $"seed {seed}:\n{await fleet.WrongKeysInWordsAsync(cancel)}\n";
        fleet.Flow();
        await report.WriteLineAsync($"seed {seed}: {Crashes - before} crashes, {wrong:N0} wrong keys, {left} tables left");
    }

    /// <summary>Not when it was killed in its last statement on one shard, and had come through that on the other.</summary>
    private async Task<bool> IsUnfinishedAsync(CancellationToken cancel)
    {
        var (_, text) = await fleet.MillraceAsync(null, null, cancel, "backfill", "status");
        return text.Contains("nobody runs it", StringComparison.Ordinal) || text.Contains("is run by", StringComparison.Ordinal); // The lock of a killed one stands for a while.
    }

    /// <summary>A backfill that nothing disturbs, whose cut stops the consumers of the running stream: how long do they stand still?</summary>
    public async Task PauseAsync(CancellationToken cancel)
    {
        await fleet.ForgetAsync(cancel);
        Pauses.AddRange(BackfillBench.PausesIn((await fleet.MillraceAsync(null, null, cancel, "backfill", "run", "hourly", "--cut", "pause", "--pause", Deadline)).Text));
        await fleet.RestAsync(cancel);
        WrongKeys += await fleet.WrongKeysAsync(cancel);
        fleet.Flow();
        await report.WriteLineAsync($"cut with a pause: {Pauses.LastOrDefault():0} ms");
    }

    /// <summary>
    /// The runner that is not killed has a server killed under it. The stream rests for that: a server that dies in the
    /// middle of an INSERT has the rows in the source and not in its views (ClickHouse#20086), with or without a backfill.
    /// </summary>
    private async Task EndAsync(int seed, string[] words, CancellationToken cancel)
    {
        await fleet.StartConsumersAsync(cancel); // A runner that was killed while they were stopped.
        await fleet.RestAsync(cancel);
        await direct!.DisposeAsync();
        var running = fleet.MillraceUnderCrashAsync(cancel, words);
        await Task.Delay(TimeSpan.FromMilliseconds(600 + seed * 137 % 900), cancel);
        if (!running.IsCompleted)
        {
            await fleet.KillAndStartAsync(fleet.Storage[seed % 2], cancel);
            Crashes++;
        }

        fleet.Flow();
        direct = new DirectLoad(fleet, writers: 1, Gap).Start();
        Pauses.AddRange(BackfillBench.PausesIn(await running));
    }
}
