using Millrace.Core.Findings;

namespace Millrace.Engine.Specs.Yaml;

/// <summary>A single value, as it was written: YAML's own guesses at types are not used.</summary>
/// <param name="IsPlain">True when it stands without quotes and not as a block.</param>
internal sealed record YamlScalar(string Text, bool IsPlain, SourceRef At) : YamlNode(At)
{
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Noun => IsNull ? "nothing" : "text";
}
