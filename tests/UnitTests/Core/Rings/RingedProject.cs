using Millrace.Core.Model;
using Millrace.HashRing;

namespace Millrace.UnitTests.Core.Rings;

/// <summary>The sample project with its table on a ring.</summary>
internal static class RingedProject
{
    public static RingLock Lock { get; } =
        RingLock.Begin("main", new VirtualLayers(4), [new(1), new(2)], DateTimeOffset.UnixEpoch, "ann", "start");

    public static Project With(RingLock? held, params string[] key) => Projects.Project with
    {
        Fleet = Projects.Fleet with { Rings = [new Ring { Name = "main", Cluster = "data", Layers = 4, LockFile = "rings/main.lock.json", Lock = held }] },
        Pipelines =
        [
            Projects.Pipeline with
            {
                Into = Projects.Pipeline.Table! with { ShardBy = null, Ring = new RingPlacement("main", key.Length == 0 ? ["id", "body"] : [.. key]) },
            },
        ],
    };
}
