using Millrace.Core.Findings;

namespace Millrace.Engine.Specs.Yaml;

/// <summary>A value in a YAML file, with where it stands.</summary>
internal abstract record YamlNode(SourceRef At)
{
    /// <summary>What people call it: <c>a list</c>, <c>a mapping</c>, <c>text</c>.</summary>
    public abstract string Noun { get; }
}
