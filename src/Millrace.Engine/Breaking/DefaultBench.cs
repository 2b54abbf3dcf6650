using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Has the engine compare constants with what a column has when nothing is sent.</summary>
internal sealed class DefaultBench(RoleRig rig)
{
    public async Task<ImmutableHashSet<(ObjectRef Table, string Column)>> EqualAsync(IEnumerable<SentConstant> asked, CancellationToken cancel)
    {
        var equal = ImmutableHashSet.CreateBuilder<(ObjectRef, string)>();
        foreach (var item in asked)
            if (await IsEqualAsync(item, cancel))
                equal.Add((item.Target.Ref, item.Column.Name));
        return equal.ToImmutable();
    }

    private async Task<bool> IsEqualAsync(SentConstant item, CancellationToken cancel)
    {
        var type = item.Column.Type;
        var value = item.Column.DefaultKind == "DEFAULT" ? $"CAST({item.Column.DefaultExpression} AS {type})" : $"defaultValueOfTypeName({Quote.Text(type)})";
        var same = string.Join(" AND ", item.Values.Select(sent => $"{Text($"CAST({sent} AS {type})")} = {Text(value)}"));
        try
        {
            return await rig.TextAsync($"SELECT {same} FORMAT TSV", cancel) == "1\n";
        }
        catch (ServerErrorException)
        {
            return false; // A default that is computed from other columns is no constant.
        }
    }

    private static string Text(string value) => $"ifNull(toString({value}), 'NULL')";
}
