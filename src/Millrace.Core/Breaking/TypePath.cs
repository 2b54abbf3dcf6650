using System.Collections.Immutable;

namespace Millrace.Core.Breaking;

/// <summary>The types that a value goes through, and how; what happens on it depends on nothing else.</summary>
public sealed record TypePath(ConversionKind Kind, ImmutableArray<string> Types)
{
    /// <summary>SQL literals of all values that can take this path, where a SELECT writes them itself; empty when any may.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    public string From => Types[0];

    public string To => Types[^1];

    /// <summary>True when nothing is converted.</summary>
    public bool IsTrivial => Types.Distinct().Take(2).Count() < 2;

    public bool Equals(TypePath? other) => other is not null && Kind == other.Kind && Types.SequenceEqual(other.Types) && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Kind, Types.Length, Types[0], Types[^1]);

    public override string ToString() => string.Join(" -> ", Types);
}
