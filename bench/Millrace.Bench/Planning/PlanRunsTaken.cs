using System.Text.Json.Nodes;
using Millrace.Bench.Measuring;

namespace Millrace.Bench.Planning;

/// <summary>Runs of <c>plan</c>, by what it finds and what is kept from earlier ones.</summary>
/// <param name="ColdLab">The first one: blank nodes, nothing kept.</param>
/// <param name="CachedLab">Blank nodes, the lab's answer kept.</param>
/// <param name="NothingToDo">After the apply.</param>
/// <param name="OneChanged">One stream has got a column; nothing is known of that yet.</param>
/// <param name="OneChangedAgain">The same plan once more, as <c>apply</c> makes it.</param>
internal sealed record PlanRunsTaken(
    MillraceRun ColdLab, MillraceRun CachedLab, MillraceRun NothingToDo, MillraceRun OneChanged, MillraceRun OneChangedAgain)
{
    public JsonObject ToJson(Func<MillraceRun, double> figure) => new()
    {
        ["cold_lab"] = figure(ColdLab),
        ["cached_lab"] = figure(CachedLab),
        ["nothing_to_do"] = figure(NothingToDo),
        ["one_changed"] = figure(OneChanged),
        ["one_changed_again"] = figure(OneChangedAgain),
    };
}
