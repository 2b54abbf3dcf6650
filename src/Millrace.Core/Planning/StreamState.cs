using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>What stands on a node between a leg and its several sinks. A sink that is only added needs no pause.</summary>
/// <param name="Parts">The stream table and the views on it; none where the stream has one sink.</param>
internal sealed record StreamState(ImmutableArray<ViewState> Parts)
{
    public IEnumerable<ViewState> Sinks => Parts.Where(part => part.Wanted.Declared.Purpose == ObjectPurpose.StreamView);

    /// <summary>True when nothing has to be made anew under running consumption.</summary>
    public bool CanStay => Table is null or { Observed: not null } && !TableDiffers && Sinks.All(view => view.Observed is null || view.CanStay);

    public IEnumerable<string> Reasons =>
    [
        .. Table is null ? [] : Table.Observed is null ? [$"table {Table.Name.Name} missing"] : TableDiffers ? new[] { $"columns of {Table.Name.Name} changed" } : [],
        .. Sinks.Select(view => view.Reason).OfType<string>(),
    ];

    private ViewState? Table => Parts.FirstOrDefault(part => part.Wanted.Declared.Purpose == ObjectPurpose.StreamTable);

    private bool TableDiffers =>
        Table is { Observed: { } observed, Wanted.Shape: { } wanted }
        && (observed.Engine != wanted.Engine || observed.EngineFull != wanted.EngineFull || !observed.Columns.SequenceEqual(wanted.Columns));

    /// <summary>All that is missing or differs, for a leg that rests. Views follow the table by its name.</summary>
    public IEnumerable<string> Statements()
    {
        if (Table is { IsSame: false } table)
        {
            var stays = table.Observed is not null && !TableDiffers;
            foreach (var statement in stays ? table.Alterations() : table.Creation())
                yield return statement;
        }

        foreach (var view in Sinks)
        foreach (var statement in view.CanStay ? view.Alterations() : view.Creation())
            yield return statement;
    }
}
