using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Two nodes at one address are one server, which would be counted, changed and asked twice.</summary>
internal static class SharedAddress
{
    public const string Code = "MR118";

    public static IEnumerable<Finding> Run(Project project)
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var node in project.Fleet.Nodes)
            foreach (var (key, address) in new[] { ("http", node.Http.Authority), ("native", node.Native) })
                if (address is not null && !owners.TryAdd($"{key} {address}", node.Name))
                    yield return Finding.Error(
                        Code,
                        $"the node `{node.Name}` has the {key} address of `{owners[$"{key} {address}"]}`",
                        project.Sources.Find($"fleet.nodes.{node.Name}.{key}"),
                        "every node has its own address");
    }
}
