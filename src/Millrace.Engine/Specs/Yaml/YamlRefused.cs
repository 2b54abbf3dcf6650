using Millrace.Core.Findings;

namespace Millrace.Engine.Specs.Yaml;

/// <summary>A value that was refused with a finding of its own; nothing more is said about it.</summary>
internal sealed record YamlRefused(SourceRef At) : YamlNode(At)
{
    public override string Noun => "a value that is not allowed";
}
