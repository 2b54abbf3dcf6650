using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Millrace.Engine.Lab;

/// <summary>
/// What plain DDL takes for granted on its servers: macros, users, storage, logs. Found by the words around the names; a name too
/// many in a lab's configuration does no harm.
/// </summary>
public sealed partial record PresumedNames
{
    public static PresumedNames None { get; } = new();

    /// <summary>Names in braces, as in <c>'/tables/{layer}/{shard}'</c>.</summary>
    public ImmutableSortedSet<string> Macros { get; init; } = [];

    /// <summary>Users as which dictionaries read.</summary>
    public ImmutableSortedSet<string> Users { get; init; } = [];

    public ImmutableSortedSet<string> StoragePolicies { get; init; } = [];

    public ImmutableSortedSet<string> Volumes { get; init; } = [];

    public ImmutableSortedSet<string> Disks { get; init; } = [];

    /// <summary>Logs that the server keeps of itself, such as <c>query_log</c>: views may read them.</summary>
    public ImmutableSortedSet<string> Logs { get; init; } = [];

    public static PresumedNames Of(IEnumerable<string> statements)
    {
        var text = string.Join('\n', statements);
        return new PresumedNames
        {
            Macros = Names(Macro(), text),
            Users = Names(User(), text),
            StoragePolicies = Names(Policy(), text),
            Volumes = Names(Volume(), text),
            Disks = Names(Disk(), text),
            Logs = Names(Log(), text),
        };
    }

    public PresumedNames Union(PresumedNames other) => new()
    {
        Macros = Macros.Union(other.Macros),
        Users = Users.Union(other.Users),
        StoragePolicies = StoragePolicies.Union(other.StoragePolicies),
        Volumes = Volumes.Union(other.Volumes),
        Disks = Disks.Union(other.Disks),
        Logs = Logs.Union(other.Logs),
    };

    private static ImmutableSortedSet<string> Names(Regex pattern, string text) =>
        pattern.Matches(text).Select(match => match.Groups["name"].Value).ToImmutableSortedSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\{(?<name>[A-Za-z_]\w*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Macro();

    [GeneratedRegex(@"\bUSER\s+'(?<name>[A-Za-z_][\w.-]*)'", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex User();

    [GeneratedRegex(@"\bstorage_policy\s*=\s*'(?<name>[A-Za-z_][\w.-]*)'", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Policy();

    [GeneratedRegex(@"\bTO\s+VOLUME\s+'(?<name>[A-Za-z_][\w.-]*)'", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Volume();

    [GeneratedRegex(@"\b(TO\s+DISK|disk\s*=)\s*'(?<name>[A-Za-z_][\w.-]*)'", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Disk();

    [GeneratedRegex(@"\bsystem`?\s*\.\s*`?(?<name>\w+_log)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Log();
}
