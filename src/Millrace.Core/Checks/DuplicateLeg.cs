using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Legs of one pipeline have different names: their tables and views are named by them.</summary>
internal static class DuplicateLeg
{
    public const string Code = "MR112";

    public static IEnumerable<Finding> Run(Project project)
    {
        var names = new HashSet<(string, string)>();
        return LegPlace.All(project)
            .Where(place => !names.Add((place.Pipeline.Name, place.Leg.Name)))
            .Select(place => Finding.Error(
                Code,
                $"two legs of `{place.Pipeline.Name}` are called `{place.Leg.Name}`",
                place.At("name"),
                "a leg is named after its broker unless it has a `name`: give this one its own"));
    }
}
