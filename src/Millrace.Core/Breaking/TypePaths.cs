namespace Millrace.Core.Breaking;

/// <summary>What an engine must try before the rules can judge.</summary>
public static class TypePaths
{
    /// <summary>Paths in the world after, and those that stood in the same places before.</summary>
    public static IEnumerable<TypePath> Of(ChangeFacts facts)
    {
        var now = Conversions.Of(facts.After).ToList();
        if (facts.Before is null)
            return now.Select(item => item.Path).Where(path => !path.IsTrivial).Distinct();
        var were = Conversions.Of(facts.Before).ToLookup(item => item.Place);
        // Where nothing changed, nothing can have become worse.
        var differing = now.Where(item => !were[item.Place].Any(was => was.Path.Equals(item.Path))).ToList();
        return differing.Select(item => item.Path)
            .Concat(differing.SelectMany(item => were[item.Place].Select(was => was.Path)))
            .Concat(FarConversions.Of(facts).Select(item => item.Path))
            .Concat(Conversions.Between(facts.Before, facts.After).Select(item => item.Path))
            .Where(path => !path.IsTrivial)
            .Distinct();
    }
}
