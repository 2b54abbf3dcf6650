using System.Globalization;

namespace Millrace.Engine.Observe;

/// <summary>
/// A hash that the server computes over an object's name, engine, definition and comment. The definition holds the
/// columns, so equal fingerprints mean equal objects, on whichever node.
/// </summary>
public readonly record struct Fingerprint(UInt128 Value)
{
    /// <summary>The expression over <c>system.tables</c>.</summary>
    public const string Sql = "hex(sipHash128(database, name, engine, create_table_query, comment))";

    public static Fingerprint Parse(ReadOnlySpan<byte> hexadecimal) =>
        new(UInt128.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
