using System.Collections.Immutable;

namespace Millrace.Core.Backfill;

/// <summary>A piece of a snapshot that is staged, verified and published at once, through the whole chain.</summary>
/// <param name="Source">Which of the job's sources, from 0.</param>
/// <param name="Condition">Which rows of the snapshot, as SQL over its virtual columns.</param>
public sealed record BackfillUnit(string Id, int Source, string Condition, long Rows)
{
    /// <summary>Rows that stay what they are, in partitions of which others are rebuilt.</summary>
    public static BackfillUnit Kept(long rows) => new("kept", NoSource, "", rows);

    public bool IsKept => Source == NoSource;

    private const int NoSource = -1;

    /// <summary>Fewer rows are not worth a unit of their own.</summary>
    private const long LeastRows = 1_000_000;

    /// <summary>
    /// Parts of a snapshot as units of about equal size: parts never change, so that reading a unit twice reads the same
    /// rows. Small parts go together with their neighbours, which have other keys; large ones are split by row number.
    /// </summary>
    /// <param name="unitRows">The most that one may have.</param>
    /// <param name="atOnce">So many units run beside one another: there are as many, unless they would be tiny.</param>
    public static ImmutableArray<BackfillUnit> Of(int source, IReadOnlyList<(string Part, long Rows)> parts, long unitRows, int atOnce = 1)
    {
        var units = ImmutableArray.CreateBuilder<BackfillUnit>();
        var all = parts.Sum(part => part.Rows);
        var count = Math.Max(1, Math.Max(Up(all, unitRows), Math.Min(atOnce, all / LeastRows)));
        var even = Math.Max(1, Up(all, count));
        var together = new List<string>();
        var rows = 0L;
        foreach (var part in parts)
        {
            if (part.Rows > even)
            {
                Split(part.Part, part.Rows);
                continue;
            }

            if (rows + part.Rows / 2 > even || rows + part.Rows > unitRows)
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
            var pieces = Up(size, even);
            for (var i = 0L; i < pieces; i++)
            {
                var (from, to) = (size * i / pieces, size * (i + 1) / pieces);
                Add($"_part = {Sql.Quote.Text(part)} AND _part_offset >= {from} AND _part_offset < {to}", to - from);
            }
        }

        static long Up(long size, long by) => (size + by - 1) / by;

        void Add(string condition, long size) => units.Add(new BackfillUnit($"{source}_{units.Count + 1}", source, condition, size));
    }
}
