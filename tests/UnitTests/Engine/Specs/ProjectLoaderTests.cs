using Millrace.Core.Model;
using Millrace.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Engine.Specs;

public sealed class ProjectLoaderTests
{
    [Fact]
    public void A_whole_project_becomes_the_model()
    {
        using var folder = Sample.Clickstream();
        var result = ProjectLoader.Load(folder.Path, Sample.Options);
        Assert.Empty(result.Findings);
        var project = result.Project!;
        Assert.Equal(("clickstream", "analytics", "25.8"), (project.Name, project.Database, project.OldestServer));
        Assert.Equal(["data", "events", "query"], project.Fleet.Roles.Select(r => r.Name));
        Assert.Equal("s3cret-value", project.Fleet.Connect.Password.Reveal());
        var events = Assert.Single(project.Pipelines);
        Assert.Equal(["uuid", "timestamp", "distinct_id", "properties"], events.Columns.Select(c => c.Name));
        Assert.Equal(new Column("uuid", "UUID"), events.Columns[0]);
        Assert.Equal(new ExtractedColumn("duration", "$duration", "Float64"), events.Extract!.Columns[1]);
        Assert.Equal(["msk", "ws"], events.Legs.Select(l => l.Name));
        Assert.Equal("sipHash64(distinct_id)", events.Table!.ShardBy);
        Assert.Equal("7500", events.Legs[0].Settings["kafka_flush_interval_ms"]);
        Assert.Equal(["data", "query"], project.Schema[0].Roles);
    }

    [Fact]
    public void A_certificate_is_found_from_anywhere()
    {
        var fleet = Sample.Fleet.Replace("connect: { ", "connect: { ca: ca.pem, ", StringComparison.Ordinal);
        using var folder = Sample.Clickstream().With("fleet.yaml", fleet);
        Assert.Equal("MR022", Assert.Single(ProjectLoader.Load(folder.Path, Sample.Options).Findings).Code);
        folder.With("ca.pem", "");
        Assert.Equal(Path.Combine(folder.Path, "ca.pem"), ProjectLoader.Load(folder.Path, Sample.Options).Project!.Fleet.Connect.CaFile);
    }

    [Fact]
    public void Tables_go_to_the_only_cluster_that_fits()
    {
        using var folder = Sample.Clickstream();
        var project = ProjectLoader.Load(folder.Path, Sample.Options).Project!;
        var events = project.Pipelines[0];
        Assert.Equal("data", ClusterChoice.Of(project.Fleet, events.Into)!.Name);
        Assert.Equal("data_single", ClusterChoice.Of(project.Fleet, events.Table! with { ShardBy = null })!.Name);
        Assert.Equal("data_single", ClusterChoice.Of(project.Fleet, events.Errors, events.Into)!.Name);
        Assert.Null(ClusterChoice.Of(project.Fleet, events.Table! with { Cluster = "elsewhere" }));
    }

    [Fact]
    public void Every_value_can_be_traced_to_its_line()
    {
        using var folder = Sample.Clickstream();
        var sources = ProjectLoader.Load(folder.Path, Sample.Options).Project!.Sources;
        Assert.Equal("pipelines/events.yaml:15:68", sources.Find("pipelines.events.legs[0].consumers")!.ToString());
        Assert.Equal("fleet.yaml:9:35", sources.Find("fleet.nodes.data-1.http")!.ToString());
    }
}
