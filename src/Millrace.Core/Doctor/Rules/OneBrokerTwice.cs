using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Two declared brokers that are one Kafka: legs on both would write every row twice.</summary>
internal static class OneBrokerTwice
{
    public const string Code = "MR256";

    public static DoctorRule Rule { get; } = new(Code, "two brokers are one", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts)
    {
        var same = facts.Brokers.Where(b => b.Answered && b.ClusterId is not null).GroupBy(b => b.ClusterId).Where(g => g.Count() > 1);
        foreach (var cluster in same)
        {
            var names = cluster.Select(b => b.Broker).ToHashSet(StringComparer.Ordinal);
            var twice = facts.Project.Pipelines.Where(pipeline => ReadsTwice(pipeline, names)).Select(p => p.Name).ToList();
            var brokers = string.Join(" and ", names.Order(StringComparer.Ordinal).Select(name => $"`{name}`"));
            yield return new Finding(
                Code,
                twice.Count > 0 ? Severity.Error : Severity.Warning,
                $"{brokers} are the same Kafka (cluster id `{cluster.Key}`)"
                    + (twice.Count > 0 ? $": every row of {string.Join(", ", twice)} is written twice" : ""),
                Fix: "remove one of the two, or correct its address");
        }
    }

    private static bool ReadsTwice(Pipeline pipeline, HashSet<string> brokers) =>
        pipeline.Legs.Where(leg => brokers.Contains(leg.Broker)).GroupBy(leg => leg.Topic).Any(legs => legs.Count() > 1);
}
