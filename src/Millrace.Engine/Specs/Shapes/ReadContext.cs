using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>What the shapes share while they read one file.</summary>
internal sealed class ReadContext(
    FindingList findings, ValueReferences references, ImmutableDictionary<string, SourceRef>.Builder sources)
{
    public FindingList Findings { get; } = findings;

    /// <summary>Remembers where the value of a path was written.</summary>
    public void Locate(Place place, SourceRef at) => sources[place.Path] = at;

    /// <summary>The text of a scalar with <c>${env:...}</c> and <c>${file:...}</c> filled in; false when one cannot be.</summary>
    public bool TryResolve(YamlScalar scalar, out string text) => references.TryResolve(scalar, Findings, out text);

    /// <summary>Keeps a secret that stands in the file itself out of everything that is printed.</summary>
    public void Hide(Secret secret) => references.Hide(secret);

    public void WrongType(YamlNode node, Place place, string wanted)
    {
        if (node is not YamlRefused)
            Findings.Error(SpecCodes.WrongType, $"`{place.Key}` must be {wanted}, but {node.Noun} is given", node.At);
    }

    /// <summary>Reports a value, as it was written: what a reference stands for is never shown.</summary>
    public void BadValue(YamlScalar scalar, Place place, string wanted, string? fix = null) =>
        Findings.Error(
            SpecCodes.BadValue, $"`{place.Key}` must be {wanted}, not `{Shorten(scalar.Text)}`", scalar.At, fix);

    private static string Shorten(string text) => text.Length <= 60 ? text.ReplaceLineEndings(" ") : text[..57].ReplaceLineEndings(" ") + "...";
}
