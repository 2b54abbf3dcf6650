using Millrace.Core.Findings;

namespace Millrace.Engine.Specs.Yaml;

/// <summary>One key of a mapping with its value.</summary>
/// <param name="At">The key, and the value too when both are on one line.</param>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value, SourceRef At);
