using System.Collections.Immutable;

namespace Millrace.Core.Extracting;

/// <summary>An extraction as the parts of a SELECT: bindings for its WITH clause, the columns, and what FROM and SETTINGS must say.</summary>
/// <param name="With">Items of the WITH clause, in order, each <c>expression AS name</c>; later ones use earlier ones.</param>
/// <param name="Columns">The declared columns in declared order, then the map if there is one.</param>
public sealed record ExtractionSelect(ImmutableArray<string> With, ImmutableArray<ExtractedExpression> Columns)
{
    /// <summary>A piece of usual events is about 1 MB: small enough for the cache of one core, large enough for the cost of a block not to count.</summary>
    private const int PieceRows = 512;

    /// <summary>A SELECT without extraction.</summary>
    public static ExtractionSelect None { get; } = new([], []);

    /// <summary>
    /// The FROM clause over a table. A consumer hands a view blocks of 100 MB and more, and the expressions above pass
    /// over their columns many times: joining one row makes the server cut a block into pieces, which stay in the CPU's
    /// cache. It doubles the speed; see docs/performance.md.
    /// </summary>
    public string From(string table) =>
        With.IsEmpty ? table : $"{table} CROSS JOIN (SELECT 1 AS _json_piece) AS _json_pieces";

    /// <summary>The SETTINGS clause that goes with <see cref="From"/>; null for none.</summary>
    public string? Settings => With.IsEmpty ? null : $"SETTINGS max_joined_block_size_rows = {PieceRows}";
}
