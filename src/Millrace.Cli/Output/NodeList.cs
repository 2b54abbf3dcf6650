namespace Millrace.Cli.Output;

/// <summary>Node names in a line: a few are listed, many are counted.</summary>
public static class NodeList
{
    private const int Listed = 4;

    public static string Of(IReadOnlyCollection<string> nodes, int listed = Listed) =>
        nodes.Count <= listed
            ? string.Join(", ", nodes)
            : $"{string.Join(", ", nodes.Take(listed - 1))} and {nodes.Count - listed + 1} more";
}
