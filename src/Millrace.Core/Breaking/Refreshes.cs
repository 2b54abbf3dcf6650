using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>What a refresh does to the table that it writes to.</summary>
internal static class Refreshes
{
    /// <summary>True when each refresh puts its rows in the place of all that were there.</summary>
    public static bool Replaces(ObjectState view) => view.IsRefreshable && !Appends(view);

    /// <summary>True when each refresh adds its rows; nothing but the engine's own text tells.</summary>
    public static bool Appends(ObjectState view)
    {
        var text = view.Shape.CreateQuery;
        var end = text.IndexOf(" AS SELECT", StringComparison.Ordinal);
        return view.IsRefreshable && (end < 0 ? text : text[..end]).Contains(" APPEND", StringComparison.Ordinal);
    }

    /// <summary>The views that must have refreshed before; in the engine's own text they have their databases.</summary>
    public static IEnumerable<ObjectName> WaitsFor(ObjectState view)
    {
        const string Word = " DEPENDS ON ";
        var text = view.Shape.CreateQuery;
        var start = text.IndexOf(Word, StringComparison.Ordinal);
        return start < 0
            ? []
            : EngineClauses.TopLevelSplit(Names(text[(start + Word.Length)..]))
                .Select(name => name.Replace("`", "", StringComparison.Ordinal).Trim().Split('.', 2))
                .Select(parts => parts.Length == 2 ? new ObjectName(parts[0], parts[1]) : new ObjectName(view.Name.Database, parts[0]));
    }

    /// <summary>Up to the next word: between names there are commas.</summary>
    private static string Names(string text)
    {
        var end = 0;
        while (text.IndexOf(' ', end) is var space && space > 0)
        {
            if (text[space - 1] != ',')
                return text[..space];
            end = space + 1;
        }

        return text;
    }
}
