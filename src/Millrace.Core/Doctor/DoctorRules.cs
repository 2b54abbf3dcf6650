using System.Collections.Immutable;
using Millrace.Core.Databases;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Doctor.Rules;
using Millrace.Core.ServerConfig.Checks;

namespace Millrace.Core.Doctor;

/// <summary>Every live check, in the order of reading: who answers, what is lost, what stands still, what is slow.</summary>
public static class DoctorRules
{
    /// <summary>The one code that is about nodes and not about what is on them.</summary>
    public const string SilentNodesCode = SilentNodes.Code;

    public static ImmutableArray<DoctorRule> All { get; } =
    [
        SilentNodes.Rule,
        SilentBrokers.Rule,
        NotSeen.Rule,
        new(RoleMacro.Code, "nodes claim another role", facts => facts.Silent.SelectMany(node => RoleMacro.Check(facts.Project, node))),
        OfConfig(ReplicaMacros.Code, "macros for replication are missing", ReplicaMacros.Check),
        OfConfig(NeededClusters.Code, "clusters are missing or differ", NeededClusters.Check),
        OfConfig(BrokerCollections.Code, "named collections are missing", BrokerCollections.Check),
        OfConfig(ForegroundInserts.Code, "offsets are committed before rows are on storage", ForegroundInserts.Check),
        SpoolFiles.Rule,
        OneBrokerTwice.Rule,
        SharedGroup.Rule,
        UnmanagedWriter.Rule,
        TopicMissing.Rule,
        new(PostgresTables.Code, "tables in Postgres do not fit what is sent to them", facts => PostgresTables.Check(facts.Project, facts.Databases)),
        new(UnaskedDatabases.Code, "Postgres could not be asked", facts => UnaskedDatabases.Check(facts.Project, facts.Databases)),
        StalledConsumers.Rule,
        ConsumerErrors.Rule,
        Rebalancing.Rule,
        KafkaSettingsDiffer.Rule,
        IdleLiveConsumers.Rule,
        ConsumersBeyondCores.Rule,
        StreamingPool.Rule,
        LiveThreadPerConsumer.Rule,
        PartsPressure.Rule,
        StuckMutations.Rule,
        SickReplicas.Rule,
        ViewErrorsIgnored.Rule,
        ViewDeduplicationOff.Rule,
        PartialAnswers.Rule,
        DistributedProducts.Rule,
        AsyncInsertUnpinned.Rule,
        RingOrder.Rule,
        RingExpressionDiffers.Rule,
        RingImbalance.Rule,
        QueryNodeRows.Rule,
        LayerSeesMore.Rule,
        ClusterUserDiffers.Rule,
        ClockSkew.Rule,
        VersionSkew.Rule,
    ];

    private static DoctorRule OfConfig(string code, string title, Func<Project, ObservedNode, IEnumerable<Finding>> check) =>
        new(code, title, facts => facts.Nodes.SelectMany(node => check(facts.Project, node.Seen)));
}
