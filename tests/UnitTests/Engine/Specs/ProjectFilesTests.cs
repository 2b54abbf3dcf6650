using System.Text;
using Millrace.Core.Findings;
using Millrace.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Engine.Specs;

public sealed class ProjectFilesTests
{
    [Fact]
    public void A_file_over_one_megabyte_is_not_read()
    {
        using var folder = Sample.Clickstream().With("pipelines/events.yaml", "# " + new string('x', 10_000_000));
        Assert.Equal("MR002", Only(folder).Code);
    }

    [Fact]
    public void A_file_that_is_not_UTF8_names_the_line()
    {
        using var folder = Sample.Clickstream();
        File.WriteAllBytes(Path.Combine(folder.Path, "pipelines/events.yaml"), [.. "a: 1\nb: "u8, 0xFF, 0xFE, .. "\n"u8]);
        var finding = Only(folder);
        Assert.Equal(("MR003", 2), (finding.Code, finding.At!.Line));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        using var folder = Sample.Clickstream();
        File.WriteAllText(Path.Combine(folder.Path, "pipelines/events.yaml"), Sample.Events, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Empty(ProjectLoader.Load(folder.Path, Sample.Options).Findings);
    }

    [Fact]
    public void Windows_line_ends_change_nothing()
    {
        using var folder = Sample.Clickstream().With("pipelines/events.yaml", Sample.Events.ReplaceLineEndings("\r\n")).With("schema/views.sql", Sample.Schema.ReplaceLineEndings("\r\n"));
        using var plain = Sample.Clickstream();
        var (windows, unix) = (ProjectLoader.Load(folder.Path, Sample.Options).Project!, ProjectLoader.Load(plain.Path, Sample.Options).Project!);
        Assert.Equal(unix.Pipelines[0].Table!.ShardBy, windows.Pipelines[0].Table!.ShardBy);
        Assert.Equal(unix.Schema[0].Sql, windows.Schema[0].Sql);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_a_finding()
    {
        using var folder = Sample.Clickstream();
        File.Delete(Path.Combine(folder.Path, "fleet.yaml"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "fleet.yaml"));
        Assert.Equal("MR001", Only(folder).Code);
    }

    [Fact]
    public void A_file_with_thousands_of_mistakes_stays_readable()
    {
        using var folder = Sample.Clickstream().With("pipelines/events.yaml", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"key{i}: &a{i} 1\n")));
        var findings = ProjectLoader.Load(folder.Path, Sample.Options).Findings;
        Assert.InRange(findings.Length, 50, 110);
        Assert.Contains(findings, f => f.Code == "MR007");
    }

    private static Finding Only(TempFolder folder) => Assert.Single(ProjectLoader.Load(folder.Path, Sample.Options).Findings);
}
