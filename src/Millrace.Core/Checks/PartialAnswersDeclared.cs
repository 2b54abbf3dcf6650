using Millrace.Core.Findings;
using Millrace.Core.Layers;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A layer whose profile lets a query leave out shards returns part of the data as if it were all.</summary>
internal static class PartialAnswersDeclared
{
    public const string Code = "MR506";

    public static IEnumerable<Finding> Run(Project project) =>
        from role in project.Fleet.Roles
        from setting in role.Layer?.Settings.AsEnumerable() ?? []
        let why = Why(setting.Key, setting.Value)
        where why is not null
        select Finding.Warning(
            Code,
            $"{setting.Key} = {setting.Value} in the profile of `{role.Name}`: {why}",
            project.Sources.Find($"fleet.roles.{role.Name}.settings.{setting.Key}"),
            "leave it out; a query that may miss data can say so itself");

    private static string? Why(string setting, string value) =>
        setting == "optimize_skip_unused_shards" && value is not ("0" or "false")
            ? "shards are skipped by sharding keys of which nothing is known; rings say for themselves when that is right"
            : PartialResults.Loss(setting, value);
}
