using System.Globalization;

namespace Millrace.Core.Planning;

/// <summary>
/// Whether every value of one type has its equal in another. Says yes only where that is certain; the caller treats
/// anything else as able to alter data.
/// </summary>
public static class TypeWidening
{
    public static bool IsLossless(string from, string to)
    {
        if (from == to)
            return true;
        if (Inner(to, "Nullable(") is { } nullableTo)
            return IsLossless(Inner(from, "Nullable(") ?? from, nullableTo);
        if (Inner(from, "Nullable(") is not null)
            return false;
        if (Inner(from, "LowCardinality(") is { } plainFrom)
            return IsLossless(plainFrom, Inner(to, "LowCardinality(") ?? to);
        if (Inner(to, "LowCardinality(") is { } plainTo)
            return IsLossless(from, plainTo);
        if (Inner(from, "Array(") is { } itemFrom && Inner(to, "Array(") is { } itemTo)
            return IsLossless(itemFrom, itemTo);
        return Number(from) is { } a && Number(to) is { } b && Holds(a, b);
    }

    private static bool Holds((char Kind, int Bits) from, (char Kind, int Bits) to) => (from.Kind, to.Kind) switch
    {
        ('U', 'U') or ('I', 'I') or ('F', 'F') => to.Bits >= from.Bits,
        ('U', 'I') => to.Bits > from.Bits,
        // A double counts whole numbers exactly up to 2^53, a float up to 2^24.
        ('U' or 'I', 'F') => from.Bits < (to.Bits == 64 ? 53 : 24),
        _ => false,
    };

    private static (char Kind, int Bits)? Number(string type)
    {
        (string Word, char Kind)[] families = [("UInt", 'U'), ("Int", 'I'), ("Float", 'F')];
        foreach (var (word, kind) in families)
            if (type.StartsWith(word, StringComparison.Ordinal)
                && int.TryParse(type.AsSpan(word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
                return (kind, bits);
        return null;
    }

    private static string? Inner(string type, string wrapper) =>
        type.StartsWith(wrapper, StringComparison.Ordinal) && type.EndsWith(')') ? type[wrapper.Length..^1] : null;
}
