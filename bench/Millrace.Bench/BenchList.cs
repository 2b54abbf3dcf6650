using Millrace.Bench.Chaos;
using Millrace.Bench.Ring;

namespace Millrace.Bench;

/// <summary>Every bench, in the order that help shows them. A new one is a class in a folder of its own and a line here.</summary>
public static class BenchList
{
    public static IReadOnlyList<IBench> All { get; } = [new RingBench(), new ChaosBench(new ChaosOptions())];
}
