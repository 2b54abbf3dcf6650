using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>What only the broker can say was not looked at.</summary>
internal static class SilentBrokers
{
    public const string Code = "MR275";

    public static DoctorRule Rule { get; } = new(Code, "brokers could not be asked", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from broker in facts.Brokers
        where !broker.Answered
        select Finding.Warning(
            Code,
            $"`{broker.Broker}`: {FirstLine.Of(broker.Error)}",
            facts.Project.Sources.Find($"fleet.brokers.{broker.Broker}"),
            "give `bootstrap` an address that works from here: topics, partitions, lag and cluster id were not checked");
}
