using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>All Kafka tables of a node share one pool of threads; who finds none waits.</summary>
internal static class StreamingPool
{
    public const string Code = "MR254";

    public static DoctorRule Rule { get; } = new(Code, "not enough streaming threads", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts)
    {
        foreach (var node in facts.Nodes)
        {
            // 0 means that the server chooses, and it does not say what.
            if (node.StreamingThreads is not > 0)
                continue;
            var usable = Math.Max(1, (int)(node.StreamingThreads.Value * node.PoolShare));
            var wanted = node.KafkaTables.Sum(table => table.Threads);
            if (wanted <= usable)
                continue;
            yield return Finding.Warning(
                Code,
                $"{Counted.Of(node.KafkaTables.Length, "Kafka table")} want {Counted.Of(wanted, "thread")}, {usable} of the pool's {node.StreamingThreads} can be used for them",
                fix: $"<background_message_broker_schedule_pool_size>{Needed(wanted, node.PoolShare)}</background_message_broker_schedule_pool_size> in config.d, or fewer consumers on the node")
                .On(node.Node.Name);
        }
    }

    private static int Needed(int threads, double share) => (int)Math.Ceiling(threads / Math.Max(0.1, share));
}
