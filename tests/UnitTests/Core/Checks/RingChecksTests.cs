using Millrace.Core.Checks;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.HashRing;
using Millrace.UnitTests.Core.Rings;
using Xunit;

namespace Millrace.UnitTests.Core.Checks;

public sealed class RingChecksTests
{
    private static Finding Only(Project project, string code) => Assert.Single(ProjectChecks.Run(project), finding => finding.Code == code);

    [Fact]
    public void A_ring_with_its_lock_file_has_no_findings() =>
        Assert.Empty(ProjectChecks.Run(RingedProject.With(RingedProject.Lock)));

    [Fact]
    public void A_ring_that_places_rows_needs_its_lock_file()
    {
        var finding = Only(RingedProject.With(null), "MR501");
        Assert.Equal((Severity.Error, "millrace ring apply main begins the ring; or get the file back from version control"), (finding.Severity, finding.Fix));
    }

    [Fact]
    public void A_key_is_made_of_stored_columns_of_the_stream() =>
        Assert.Contains("`bodi`", Only(RingedProject.With(RingedProject.Lock, "bodi"), "MR500").Message, StringComparison.Ordinal);

    [Fact]
    public void A_ring_that_the_fleet_lacks_is_named()
    {
        var project = RingedProject.With(RingedProject.Lock);
        Assert.Contains("the ring `main`, which the fleet does not have", Only(project with { Fleet = project.Fleet with { Rings = [] } }, "MR500").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_layers_never_changes()
    {
        var project = RingedProject.With(RingedProject.Lock);
        var wider = project with { Fleet = project.Fleet with { Rings = [project.Fleet.Rings[0] with { Layers = 8 }] } };
        Assert.Contains("4 layers by its lock file, declared are 8", Only(wider, "MR503").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_may_not_use_a_shard_that_the_cluster_lacks() =>
        Assert.Contains("shard 3", Only(RingedProject.With(RingedProject.Lock.Next([new(1), new(2), new(3)], DateTimeOffset.UnixEpoch, "bob", "more")), "MR503").Message, StringComparison.Ordinal);

    [Fact]
    public void A_shard_that_the_ring_does_not_know_gets_no_rows_and_is_named()
    {
        var one = RingLock.Begin("main", new VirtualLayers(4), [new(1)], DateTimeOffset.UnixEpoch, "ann", "start");
        var finding = Only(RingedProject.With(one), "MR504");
        Assert.Equal((Severity.Warning, "millrace ring plan main --add-shard 2"), (finding.Severity, finding.Fix));
    }
}
