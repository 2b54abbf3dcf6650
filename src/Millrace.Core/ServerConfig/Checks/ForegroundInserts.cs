using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.ServerConfig.Checks;

/// <summary>Offsets are committed when the insert returns: it must not return before the rows are on storage.</summary>
internal static class ForegroundInserts
{
    public const string Code = "MR250";

    private const string Setting = "distributed_foreground_insert";

    public static IEnumerable<Finding> Check(Project project, ObservedNode node)
    {
        if (project.Fleet.FindRole(node.Node.Role)?.Kind != RoleKind.Ingestion || node.ForegroundInserts is not false)
            yield break;
        var profile = project.Fleet.BackgroundProfileOf(node.Node);
        yield return new Finding(
            Code,
            project.Policies.AcceptBackgroundInserts ? Severity.Warning : Severity.Error,
            $"{Setting} = 0 in profile `{profile}`: Kafka offsets are committed while rows wait on this node's disk, and are lost with it",
            Fix: "add the setting on the node; `policies: { background_inserts: accept-loss }` in millrace.yaml accepts the loss")
        {
            Detail = Snippet.Profile(profile, Setting, "1"),
            Node = node.Node.Name,
        };
    }
}
