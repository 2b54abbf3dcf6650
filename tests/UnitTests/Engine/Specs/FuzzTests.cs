using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Millrace.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Engine.Specs;

/// <summary>Whatever the files hold, loading ends in findings and not in an exception.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Splinters =
    [
        "{", "}", "[", "]", ":", ": ", "- ", "\n", "\n  ", "\t", "'", "\"", "&a ", "*a", "!!", "<<: ", "? ", "| ", "> ", "%", "---\n", "...\n",
        "#", "~", "null", "\0", "\uFEFF", "\u2028", "\\", "${env:X}", "${file:..}", "${file:\0}", "${", "$${", "99999999999", "-1", "\ud800",
    ];

    [Fact]
    public void Random_bytes_never_throw()
    {
        using var folder = Sample.Clickstream();
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => LoadWith(folder, bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Mutated_projects_never_throw()
    {
        using var folder = Sample.Clickstream();
        var mutation = Gen.Zip(Gen.Choose(0, 100_000), Gen.Zip(Gen.Choose(0, 40), Gen.Elements(Splinters)));
        var mutations = Gen.NonEmptyListOf(mutation).Resize(6).ToArbitrary();
        Prop.ForAll(mutations, list => LoadWith(folder, Mutate(list))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Truncated_projects_never_throw()
    {
        using var folder = Sample.Clickstream();
        for (var length = 0; length < Sample.Events.Length; length += 3)
            LoadWith(folder, Encoding.UTF8.GetBytes(Sample.Events[..length]));
    }

    private static byte[] Mutate(IEnumerable<(int At, (int Cut, string Put) Change)> mutations)
    {
        var text = Sample.Events;
        foreach (var (at, (cut, put)) in mutations)
        {
            var start = at % (text.Length + 1);
            text = text[..start] + put + text[Math.Min(text.Length, start + cut)..];
        }

        return Encoding.UTF8.GetBytes(text);
    }

    private static void LoadWith(TempFolder folder, byte[] bytes)
    {
        foreach (var file in new[] { "pipelines/events.yaml", "schema/views.sql" })
            File.WriteAllBytes(Path.Combine(folder.Path, file), bytes);
        var result = ProjectLoader.Load(folder.Path, Sample.Options);
        Assert.True(result.Project is not null || result.HasErrors);
        foreach (var finding in result.Findings)
            Assert.DoesNotContain("s3cret-value", finding.ToString(), StringComparison.Ordinal);
    }
}
