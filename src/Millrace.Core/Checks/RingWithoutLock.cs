using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Which shard holds which layer is state: without its lock file nobody knows where rows go.</summary>
public static class RingWithoutLock
{
    public const string Code = "MR501";

    internal static IEnumerable<Finding> Run(Project project) =>
        from ring in project.Fleet.Rings
        where ring.Lock is null
        let used = project.Pipelines.Any(pipeline => pipeline.Table?.Ring?.Ring == ring.Name)
        select new Finding(
            Code,
            used ? Severity.Error : Severity.Warning,
            $"the ring `{ring.Name}` has no lock file {ring.LockFile}",
            project.Sources.Find($"fleet.rings.{ring.Name}"),
            $"millrace ring apply {ring.Name} begins the ring; or get the file back from version control");
}
