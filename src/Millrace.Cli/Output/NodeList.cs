namespace Millrace.Cli.Output;

/// <summary>Node names in a line: a few are listed, many are counted.</summary>
public static class NodeList
{
    private const int Listed = 4;

    public static string Of(IReadOnlyCollection<string> nodes) =>
        nodes.Count <= Listed
            ? string.Join(", ", nodes)
            : $"{string.Join(", ", nodes.Take(Listed - 1))} and {nodes.Count - Listed + 1} more";
}
