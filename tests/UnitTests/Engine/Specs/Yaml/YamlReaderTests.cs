using Millrace.Engine.Specs;
using Millrace.Engine.Specs.Yaml;
using Xunit;

namespace Millrace.UnitTests.Engine.Specs.Yaml;

public sealed class YamlReaderTests
{
    [Fact]
    public void Scalars_stay_as_they_were_written()
    {
        var map = Assert.IsType<YamlMapping>(Read("a: 25.10\nb: yes\nc: '~'\nd: ~\n").Root);
        Assert.Equal(["25.10", "yes", "~", "~"], map.Entries.Select(e => ((YamlScalar)e.Value).Text));
        Assert.Equal([false, false, false, true], map.Entries.Select(e => ((YamlScalar)e.Value).IsNull));
    }

    [Fact]
    public void An_entry_spans_its_key_and_its_value_when_both_are_on_one_line()
    {
        var map = Assert.IsType<YamlMapping>(Read("consumers: 8   # two nodes\nlegs:\n  - a\n").Root);
        Assert.Equal((1, 1, 12), (map.Entries[0].At.Line, map.Entries[0].At.Column, map.Entries[0].At.Length));
        Assert.Equal((2, 1, 4), (map.Entries[1].At.Line, map.Entries[1].At.Column, map.Entries[1].At.Length));
    }

    [Theory]
    [InlineData("a: &x 1\n", "MR005")]
    [InlineData("a: *x\n", "MR005")]
    [InlineData("a: !!int 1\n", "MR005")]
    [InlineData("<<: { a: 1 }\n", "MR005")]
    [InlineData("? { a: 1 }\n: b\n", "MR005")]
    [InlineData("a: 1\n---\nb: 2\n", "MR005")]
    [InlineData("a: 1\na: 2\n", "MR006")]
    [InlineData("a: [1, 2\n", "MR004")]
    [InlineData("a: {b: 1\nc:\n  d: 1\n", "MR004")]
    [InlineData("a: 'x\n", "MR004")]
    [InlineData("a: b: c\n", "MR004")]
    [InlineData("a:\n\tx: 1\n", "MR004")]
    [InlineData("a: \"\\q\"\n", "MR004")]
    [InlineData("%YAML 9.9\n---\na: 1\n", "MR004")]
    [InlineData("", "MR004")]
    [InlineData("# only a comment\n", "MR004")]
    public void What_is_not_strict_YAML_is_one_finding(string text, string code) =>
        Assert.Equal(code, Assert.Single(Read(text).Findings.All()).Code);

    [Fact]
    public void Broken_YAML_names_its_line()
    {
        foreach (var text in new[] { "a: 1\nb: [1, 2\nc: 3\n", "a: 1\nb: {c: 1\nd:\n  e: 1\n", "a: 1\n  b: 2\n", "a: 1\nb: 'x\n" })
            Assert.True(Read(text).Findings.All().Single().At!.Line > 0, text);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a:\n ")]
    public void Hostile_nesting_ends_in_a_finding(string opening)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 1_000_000 / opening.Length));
        Assert.True(Read(text).Findings.HasErrors);
    }

    [Theory]
    [InlineData("&a ")]
    [InlineData("a, ")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("# ")]
    [InlineData("%")]
    [InlineData("!")]
    [InlineData("a: 1\n")]
    [InlineData("*a\n")]
    [InlineData("|\n ")]
    [InlineData("\u0000")]
    [InlineData("\ud83d\ude00")]
    [InlineData("\\")]
    [InlineData("\"\\x")]
    public void Endless_repetition_ends(string unit)
    {
        _ = Read("key: [" + string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length)));
        _ = Read(string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length)));
    }

    private static (YamlNode? Root, FindingList Findings) Read(string text)
    {
        var findings = new FindingList("test.yaml");
        return (YamlReader.Read(text, findings), findings);
    }
}
