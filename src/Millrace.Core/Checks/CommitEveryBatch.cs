using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary><c>kafka_commit_every_batch</c> commits before the insert, so a failure in between loses rows.</summary>
internal static class CommitEveryBatch
{
    public const string Code = "MR203";

    private const string Setting = "kafka_commit_every_batch";

    public static IEnumerable<Finding> Run(Project project) =>
        from place in LegPlace.All(project)
        where KafkaSetting.IsOn(place.Leg, Setting)
        select Finding.Error(
            Code,
            $"`{Setting}` commits offsets before the rows are inserted: what fails in between is lost",
            place.AtSetting(Setting),
            "remove it: offsets are then committed once the rows are on storage");
}
