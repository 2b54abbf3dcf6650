namespace Millrace.Core.Layers;

/// <summary>Settings with which a query returns part of its answer as if it were all of it.</summary>
public static class PartialResults
{
    /// <summary>The settings that can do so.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "skip_unavailable_shards",
        "distinct_overflow_mode", "group_by_overflow_mode", "join_overflow_mode", "read_overflow_mode", "read_overflow_mode_leaf",
        "result_overflow_mode", "set_overflow_mode", "sort_overflow_mode", "timeout_overflow_mode", "timeout_overflow_mode_leaf",
    ];

    /// <summary>What a query with this value leaves out; null when nothing.</summary>
    public static string? Loss(string setting, string value) => setting switch
    {
        "skip_unavailable_shards" when value is not ("0" or "false" or "") => "queries return what the reachable shards have as if it were all",
        _ when value is "break" or "any" && Settings.Contains(setting) => "a query that meets the limit returns what it has so far as if it were all",
        _ => null,
    };
}
