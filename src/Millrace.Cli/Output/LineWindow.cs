namespace Millrace.Cli.Output;

/// <summary>The part of a source line that fits beside its number, with where the carets go.</summary>
/// <param name="Indent">What stands before the carets; tabs stay tabs, so that they line up.</param>
/// <param name="Length">Number of carets, at least one.</param>
internal readonly record struct LineWindow(string Text, string Indent, int Length)
{
    private const string Cut = "...";

    /// <param name="column">First character that is meant, from 1; 0 when not known.</param>
    /// <param name="length">How many characters are meant; 0 when not known.</param>
    public static LineWindow Of(string line, int column, int length, int width)
    {
        line = string.Concat(line.Select(c => char.IsControl(c) && c != '\t' ? ' ' : c));
        var start = Math.Clamp(column - 1, 0, line.Length);
        var from = start > width / 2 && line.Length > width ? start - (width / 3) : 0;
        var text = line[from..Math.Min(line.Length, from + width)];
        if (from > 0)
            text = Cut + text[Math.Min(Cut.Length, text.Length)..];
        if (from + width < line.Length)
            text = text[..^Cut.Length] + Cut;
        var indent = string.Concat(text[..Math.Min(text.Length, start - from)].Select(c => c == '\t' ? '\t' : ' '));
        var room = Math.Max(1, text.Length - indent.Length);
        return new LineWindow(text.TrimEnd(), indent, length == 0 ? 1 : Math.Clamp(length, 1, room));
    }
}
