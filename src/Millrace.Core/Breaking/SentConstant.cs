using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>A column that its view no longer feeds, and that got nothing but constants of it.</summary>
/// <param name="Values">The constants, as SQL literals.</param>
public sealed record SentConstant(ObjectState Target, ColumnShape Column, ImmutableArray<string> Values)
{
    public static IEnumerable<SentConstant> Of(ChangeFacts facts) =>
        from view in facts.After.Objects
        let was = facts.Was(view)
        where was is not null
        let target = facts.After.Target(view)
        where target is not null
        from column in target.Shape.Columns
        let values = was.Written.GetValueOrDefault(column.Name, [])
        where !values.IsEmpty && view.Output.All(output => output.Name != column.Name)
        select new SentConstant(target, column, values);
}
