using System.Collections.Immutable;

namespace Millrace.Core.Backfill;

/// <summary>A piece of a snapshot that is staged, verified and published at once, through the whole chain.</summary>
/// <param name="Source">Which of the job's sources, from 0.</param>
/// <param name="Condition">Which rows of the snapshot, as SQL over its virtual columns.</param>
public sealed record BackfillUnit(string Id, int Source, string Condition, long Rows)
{
    /// <summary>
    /// Parts of a snapshot as units of about equal size: parts never change, so that reading a unit twice reads the same
    /// rows. Small parts go together, large ones are split by row number.
    /// </summary>
    public static ImmutableArray<BackfillUnit> Of(int source, IEnumerable<(string Part, long Rows)> parts, long unitRows)
    {
        var units = ImmutableArray.CreateBuilder<BackfillUnit>();
        var together = new List<string>();
        var rows = 0L;
        foreach (var part in parts)
        {
            if (part.Rows > unitRows)
            {
                Split(part.Part, part.Rows);
                continue;
            }

            if (rows + part.Rows > unitRows)
                Close();
            together.Add(part.Part);
            rows += part.Rows;
        }

        Close();
        return units.ToImmutable();

        void Close()
        {
            if (together.Count > 0)
                Add($"_part IN ({string.Join(", ", together.Select(Sql.Quote.Text))})", rows);
            together.Clear();
            rows = 0;
        }

        void Split(string part, long size)
        {
            var pieces = (size + unitRows - 1) / unitRows;
            for (var i = 0L; i < pieces; i++)
            {
                var (from, to) = (size * i / pieces, size * (i + 1) / pieces);
                Add($"_part = {Sql.Quote.Text(part)} AND _part_offset >= {from} AND _part_offset < {to}", to - from);
            }
        }

        void Add(string condition, long size) => units.Add(new BackfillUnit($"{source}_{units.Count + 1}", source, condition, size));
    }
}
