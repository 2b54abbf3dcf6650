using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Engine.Specs.Yaml;

/// <summary>Keys with values, in file order; no key twice.</summary>
internal sealed record YamlMapping(ImmutableArray<YamlEntry> Entries, SourceRef At) : YamlNode(At)
{
    public override string Noun => "a mapping";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key);
}
