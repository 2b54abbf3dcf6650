using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>What the consumers of a node last complained about.</summary>
internal static class ConsumerErrors
{
    public const string Code = "MR259";

    public static DoctorRule Rule { get; } = new(Code, "consumers report errors", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.Consumers is not null
        from consumer in node.Consumers!.Value
        where consumer.LastErrorAt is { } at && node.Seen.ServerTime - at <= facts.Limits.RecentError
        group consumer by (node.Node.Name, consumer.Table, Error: FirstLine.Of(consumer.LastError)) into errors
        let at = errors.Max(c => c.LastErrorAt)!.Value
        select Finding.Warning(
            Code,
            $"`{errors.Key.Table}` at {at:HH:mm:ss} UTC: {errors.Key.Error}",
            fix: "the text is the broker's or the insert's own; all of them: SELECT exceptions FROM system.kafka_consumers").On(errors.Key.Name);
}
