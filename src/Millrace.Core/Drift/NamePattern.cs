using Millrace.Core.Shapes;

namespace Millrace.Core.Drift;

/// <summary>A name with <c>*</c> for any text, as in <c>analytics.tmp_*</c>.</summary>
public static class NamePattern
{
    public static bool Matches(string pattern, ObjectName name) => Matches(pattern, name.ToString());

    /// <summary>Goes back to the latest star only, so that no pattern takes long.</summary>
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, star, retry) = (0, -1, 0);
        for (var i = 0; i < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, retry, at) = (at, i, at + 1);
            else if (at < pattern.Length && pattern[at] == text[i])
                (at, i) = (at + 1, i + 1);
            else if (star >= 0)
                (at, i, retry) = (star + 1, retry + 1, retry + 1);
            else
                return false;
        }

        return pattern[at..].Trim('*').IsEmpty;
    }
}
