using System.Globalization;
using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Doctor.Rules;

/// <summary>With too many parts inserts slow down, then fail, and Kafka retries without end (ClickHouse#7731).</summary>
internal static class PartsPressure
{
    public const string Code = "MR260";

    public static DoctorRule Rule { get; } = new(Code, "parts pile up", Check);

    private const string Setting = "parts_to_delay_insert";

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.Parts is not null
        from full in node.Parts!.Value
        let delay = DelayOf(node, full.Table)
        where delay > 0 && full.Parts >= delay * facts.Limits.PartsPressure
        select new Finding(
            Code,
            full.Parts >= delay ? Severity.Error : Severity.Warning,
            $"`{full.Table}`: {full.Parts} active parts in partition {full.Partition}; inserts are slowed down from {delay} on",
            Fix: "fewer and larger inserts (flush interval, shards per flush, values of the partition key), and look whether merges run: system.merges")
            .On(node.Node.Name);

    private static long DelayOf(NodeVitals node, ObjectName table) =>
        node.Seen.Objects.GetValueOrDefault(table) is { } shape
        && EngineClauses.Read(shape.EngineFull).Settings.TryGetValue(Setting, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var own)
            ? own
            : node.PartsToDelay ?? 0;
}
