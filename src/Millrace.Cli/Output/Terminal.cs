namespace Millrace.Cli.Output;

/// <summary>Where text goes, and whether it may carry colour and line drawing.</summary>
/// <param name="UseColour">True only for a terminal whose user did not ask for plain text.</param>
/// <param name="Width">Columns of the window; 120 when there is none.</param>
public sealed record Terminal(TextWriter Out, bool UseColour, int Width = Terminal.WidthWithoutWindow)
{
    private const int WidthWithoutWindow = 120;

    /// <summary>Standard output: results.</summary>
    public static Terminal StandardOutput() =>
        new(Console.Out, MayColour(Console.IsOutputRedirected), Console.IsOutputRedirected ? WidthWithoutWindow : WindowWidth());

    /// <summary>Standard error: progress and problems, while standard output may be a pipe.</summary>
    public static Terminal StandardError() =>
        new(Console.Error, MayColour(Console.IsErrorRedirected), Console.IsErrorRedirected ? WidthWithoutWindow : WindowWidth());

    /// <summary>The text in a colour, or as it is where colour is not wanted.</summary>
    public string Paint(string text, Ink ink) => UseColour && text.Length > 0 ? $"\e[{(int)ink}m{text}\e[0m" : text;

    // https://no-color.org: set and not empty means no colour; TERM=dumb cannot show any.
    private static bool MayColour(bool redirected) =>
        !redirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : WidthWithoutWindow;
        }
        catch (IOException)
        {
            // A terminal that does not tell its size.
            return WidthWithoutWindow;
        }
    }
}
