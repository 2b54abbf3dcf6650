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
}
