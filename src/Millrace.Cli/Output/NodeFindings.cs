using Millrace.Core.Findings;

namespace Millrace.Cli.Output;

/// <summary>The same finding on many nodes as one.</summary>
public static class NodeFindings
{
    public static IReadOnlyCollection<Finding> Merge(IEnumerable<Finding> findings) =>
    [
        .. findings.GroupBy(finding => finding with { Node = null })
            .Select(same => same.Key with { Node = same.First().Node is null ? null : NodeList.Of([.. same.Select(f => f.Node!)]) }),
    ];
}
