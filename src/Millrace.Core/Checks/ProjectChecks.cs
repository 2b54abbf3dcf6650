using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Every rule that needs nothing but the declaration, in the order of their codes.</summary>
public static class ProjectChecks
{
    public static IEnumerable<Finding> Run(Project project) => Rules.SelectMany(rule => rule(project)).Distinct();

    private static readonly Func<Project, IEnumerable<Finding>>[] Rules =
    [
        UnknownRole.Run,
        UnknownBroker.Run,
        UnknownCluster.Run,
        UnknownColumn.Run,
        UnknownNode.Run,
        WrongRoleKind.Run,
        RoleWithoutNodes.Run,
        ClusterWithoutNodes.Run,
        TableClash.Run,
        SharedConsumerGroup.Run,
        DuplicateLeg.Run,
        NoFittingCluster.Run,
        UnknownRing.Run,
        RingWithoutLock.Run,
        RingLockDiffers.Run,
        LayerDeclaration.Run,
        PartialAnswersDeclared.Run,
        ClusterDoesNotFit.Run,
        UnreplicatedCopies.Run,
        DuplicateColumn.Run,
        ShardNumbers.Run,
        SharedAddress.Run,
        RowsTwice.Run,
        ErrorTableDiffers.Run,
        OwnedSetting.Run,
        CommitEveryBatch.Run,
        IdleConsumers.Run,
        MoreConsumersThanCores.Run,
        SkippedMessages.Run,
        ShortFlush.Run,
        SmallBlocks.Run,
        OneThreadForAll.Run,
        RandomShardingKey.Run,
        StreamingThreads.Run,
        UnknownRollupSource.Run,
        RollupAggregates.Run,
        RollupEngine.Run,
        RollupKey.Run,
        RollupTargetDiffers.Run,
        UnknownConnection.Run,
        UpsertColumns.Run,
        FeedsItself.Run,
        OneColumnFormat.Run,
        SinkName.Run,
        SharedFate.Run,
        MissingSchema.Run,
    ];
}
