using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>What a change costs though it breaks nothing: notes, for whoever runs it.</summary>
internal static class Costs
{
    /// <summary>A cost explains no difference in what arrives.</summary>
    public static bool IsCost(Breakage breakage) => breakage.Code is "MR401" or "MR402";

    public static IEnumerable<Breakage> Run(ChangeFacts facts)
    {
        if (facts.Before is null)
            yield break;
        foreach (var item in Conversions.Between(facts.Before, facts.After).Where(item => item.Kind == ConversionKind.Stored && !facts.Untouched.Contains(item.Path) && !facts.Rows.IsEmptied(item.By.Uuid, item.Column)))
            yield return new("MR401", Severity.Info, $"`{item.To}`.`{item.Column}` is rewritten in every part: {item.Path}")
            {
                Where = item.To,
                Column = item.Column,
                Causes = [item.To],
                Fix = "run it when disks and merges have room: SELECT formatReadableSize(sum(column_data_compressed_bytes)) FROM system.parts_columns",
            };
        foreach (var view in facts.After.Objects.Where(item => item.IsTriggered && item.Fault is null && facts.IsChanged(item.Ref)))
        {
            var pushers = facts.After.PushersOf(view).Select(source => source.Name).ToHashSet();
            var others = view.Sources.Where(name => !pushers.Contains(name) && !view.Branches.Contains(name))
                .Where(name => facts.After.Beside(view, name) is { Engine: not "Dictionary" } && facts.Was(view)?.Sources.Contains(name) != true).ToList();
            if (others.Count > 0 && pushers.Count > 0)
                yield return new("MR402", Severity.Info, $"`{view.Ref}` reads `{others[0]}` anew for every block that is inserted into `{pushers.First()}`")
                {
                    Where = view.Ref,
                    Causes = [view.Ref],
                    Fix = "keep what it reads small and filtered, or look it up in a dictionary",
                };
        }
    }
}
