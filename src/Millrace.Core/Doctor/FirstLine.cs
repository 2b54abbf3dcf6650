namespace Millrace.Core.Doctor;

/// <summary>The first line of a server's message: the lines after it are its stack.</summary>
internal static class FirstLine
{
    private const int Longest = 200;

    public static string Of(string text)
    {
        var line = text.Split('\n', 2)[0].Split(", Stack trace (when", 2)[0].Trim();
        return line.Length > Longest ? line[..Longest] + "..." : line;
    }
}
