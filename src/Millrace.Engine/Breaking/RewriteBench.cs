using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Finds the changes of a type that the engine makes in its metadata alone: those that cause no mutation.</summary>
internal sealed class RewriteBench(RoleRig rig)
{
    private const string Database = "millrace_rewrites";

    public async Task<ImmutableHashSet<TypePath>> UntouchedAsync(IEnumerable<TypePath> paths, CancellationToken cancel)
    {
        var asked = paths.Distinct().ToList();
        if (asked.Count == 0)
            return [];
        var untouched = ImmutableHashSet.CreateBuilder<TypePath>();
        await rig.InScratchAsync(
            Database,
            async () =>
            {
                foreach (var (path, i) in asked.Select((path, i) => (path, i)))
                    if (await IsUntouchedAsync(path, $"t_{i}", cancel))
                        untouched.Add(path);
            },
            cancel);
        return untouched.ToImmutable();
    }

    private async Task<bool> IsUntouchedAsync(TypePath path, string table, CancellationToken cancel)
    {
        try
        {
            await rig.Node.ExecuteAsync($"CREATE TABLE {Database}.{table} (v {path.From}) ENGINE = MergeTree ORDER BY tuple()", rig.Tolerating, cancel);
            await rig.Node.ExecuteAsync($"INSERT INTO {Database}.{table} SELECT defaultValueOfTypeName({Core.Sql.Quote.Text(path.From)})", rig.InDatabase, cancel);
            await rig.Node.ExecuteAsync($"ALTER TABLE {Database}.{table} MODIFY COLUMN v {path.To}", rig.InDatabase, cancel);
            return await rig.TextAsync($"SELECT count() FROM system.mutations WHERE database = '{Database}' AND table = '{table}' FORMAT TSV", cancel) == "0\n";
        }
        catch (ServerErrorException)
        {
            return false; // Nothing is known of it: it counts as one that rewrites.
        }
    }
}
