using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Engine.Specs.Yaml;

/// <summary>A list of values.</summary>
internal sealed record YamlSequence(ImmutableArray<YamlNode> Items, SourceRef At) : YamlNode(At)
{
    public override string Noun => "a list";
}
