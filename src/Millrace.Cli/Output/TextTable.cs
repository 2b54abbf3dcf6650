using System.Text;

namespace Millrace.Cli.Output;

/// <summary>Columns aligned with spaces, for people and for <c>awk</c>.</summary>
public static class TextTable
{
    private const int Gap = 2;

    /// <param name="rows">The first one is the header.</param>
    public static string Render(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var line = string.Concat(row.Select((cell, column) => cell.PadRight(widths[column] + Gap)));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
