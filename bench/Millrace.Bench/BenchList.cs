using Millrace.Bench.Backfill;
using Millrace.Bench.Chaos;
using Millrace.Bench.Checking;
using Millrace.Bench.Compute;
using Millrace.Bench.Extract;
using Millrace.Bench.Heal;
using Millrace.Bench.Isolation;
using Millrace.Bench.Planning;
using Millrace.Bench.Propdefs;
using Millrace.Bench.Ring;
using Millrace.Bench.Streaming;

namespace Millrace.Bench;

/// <summary>Every bench, in the order that help shows them. A new one is a class in a folder of its own and a line here.</summary>
public static class BenchList
{
    public static IReadOnlyList<IBench> All { get; } =
        [
            new PipelineBench(), new PlanBench(), new RingBench(), new ComputeBench(), new HealBench(), new ExtractBench(),
            new IsolationBench(), new CheckBench(), new ChaosBench(new ChaosOptions()), new BackfillBench(new BackfillOptions()),
            new PropdefsBench(),
        ];
}
