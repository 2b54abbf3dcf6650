using System.Collections.Immutable;
using Millrace.Core.Compile;

namespace Millrace.Core.Planning;

/// <summary>Finds the rollups of a plan that old rows are missing from.</summary>
internal static class BackfillOffers
{
    public static ImmutableArray<BackfillOffer> Of(IEnumerable<Step> steps, PlanRequest request)
    {
        var views = request.Objects.Where(item => item.Declared.Purpose == ObjectPurpose.RollupView).ToDictionary(view => view.Name);
        var offers = ImmutableArray.CreateBuilder<BackfillOffer>();
        foreach (var step in steps.Where(step => step.Action is StepAction.Create or StepAction.ModifyQuery or StepAction.Recreate))
            if (views.TryGetValue(step.Object, out var view) && view.Declared.Source is { } source)
            {
                var rows = step.Nodes.Sum(node => request.Observed.Find(node)?.Facts?.Sizes.GetValueOrDefault(source)?.Rows ?? 0);
                if (rows > 0)
                    offers.Add(new BackfillOffer(view.Declared.Owner["rollups/".Length..], source, rows));
            }

        return offers.ToImmutable();
    }
}
