using Millrace.Core.Findings;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A Distributed or Buffer table has columns of its own, which need not be those of the table behind it.</summary>
internal static class ProxyColumns
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from proxy in facts.After.Objects
        let table = facts.After.Behind(proxy)
        where table is not null
        from found in OfProxy(facts, proxy, table)
        select found;

    private static IEnumerable<Breakage> OfProxy(ChangeFacts facts, ObjectState proxy, ObjectState table)
    {
        var was = facts.Was(proxy);
        var oldTable = was is null ? null : facts.Before!.Behind(was);
        foreach (var column in proxy.Shape.Columns.Where(column => column.DefaultKind is not ("ALIAS" or "EPHEMERAL")))
        {
            var stored = table.Column(column.Name);
            var (formerly, formerlyStored) = (was?.Column(column.Name), oldTable?.Column(column.Name));
            if (stored is null)
            {
                if (facts.Before is null || formerly is null || formerlyStored is not null)
                    yield return Missing(facts, proxy, table, column);
            }
            else if (Conversions.TakesValues(column) && stored.DefaultKind is "MATERIALIZED" or "ALIAS"
                     && formerlyStored is not null && Conversions.TakesValues(formerlyStored) && IsWrittenThrough(facts, proxy, table))
                yield return Refused(facts, proxy, table, stored);
            else if (LosesDefault(facts, proxy, table, column, stored)
                     && (facts.Before is null || formerly is null || formerlyStored is null || formerly.DefaultKind.Length > 0 || formerlyStored.DefaultKind.Length == 0))
                yield return WithoutDefault(facts, proxy, table, stored);
        }
    }

    /// <summary>Whoever leaves the column out gets the proxy's idea of an empty value, which is then stored as a given one.</summary>
    private static bool LosesDefault(ChangeFacts facts, ObjectState proxy, ObjectState table, ColumnShape column, ColumnShape stored)
    {
        if (column.DefaultKind.Length > 0 || stored.DefaultKind is not "DEFAULT" || !Conversions.TakesValues(column))
            return false;
        var writers = facts.After.WritersOf(proxy).ToList();
        if (writers.Count > 0)
            return writers.Any(view => view.Fault is null && view.Output.All(output => output.Name != column.Name));
        return IsWrittenThrough(facts, proxy, table);
    }

    /// <summary>Nothing known writes to most proxies; but if something writes through another one, this one is for reading.</summary>
    private static bool IsWrittenThrough(ChangeFacts facts, ObjectState proxy, ObjectState table) =>
        facts.After.WritersOf(proxy).Any() || facts.After.ProxiesOf(table).All(other => !facts.After.WritersOf(other).Any());

    private static Breakage Refused(ChangeFacts facts, ObjectState proxy, ObjectState table, ColumnShape stored) =>
        new("MR341", Severity.Error,
            $"an insert through `{proxy.Ref}` fails: it sends `{stored.Name}`, which is {stored.DefaultKind} in `{table.Ref}` now, error 44")
        {
            Where = proxy.Ref,
            Column = stored.Name,
            Causes = [table.Ref, proxy.Ref],
            Path = Flow.Text(facts.After, null, proxy.Ref, table.Ref),
            Fix = $"make it {stored.DefaultKind} in `{proxy.Ref}` as well, the proxy first",
        };

    private static Breakage Missing(ChangeFacts facts, ObjectState proxy, ObjectState table, ColumnShape column) =>
        new(proxy.Engine == "Buffer" ? "MR343" : "MR341", facts.Before is null ? Severity.Warning : Severity.Error,
            proxy.Engine == "Buffer"
                ? $"values of `{column.Name}` are dropped when `{proxy.Ref}` flushes: `{table.Ref}` has no such column"
                : $"`{proxy.Ref}` has a column `{column.Name}` that `{table.Ref}` lacks: reading it fails, and inserts fail or wait in the queue")
        {
            Where = proxy.Ref,
            Column = column.Name,
            Causes = [table.Ref, proxy.Ref],
            Path = Flow.Text(facts.After, null, proxy.Ref, table.Ref),
            Fix = $"add a column to {Quote.Name(table.Name)} before the tables in front of it get it; take it from them before it is dropped",
        };

    private static Breakage WithoutDefault(ChangeFacts facts, ObjectState proxy, ObjectState table, ColumnShape stored) =>
        new("MR342", facts.Before is null || !facts.After.WritersOf(proxy).Any() ? Severity.Warning : Severity.Error,
            $"rows through `{proxy.Ref}` get an empty `{stored.Name}` instead of {stored.DefaultExpression}: only `{table.Ref}` knows the default")
        {
            Where = table.Ref,
            Column = stored.Name,
            Causes = [proxy.Ref, table.Ref],
            Path = Flow.Text(facts.After, stored.Name, proxy.Ref, table.Ref),
            Fix = $"give `{proxy.Ref}` the same DEFAULT, or leave the column out of it",
        };
}
