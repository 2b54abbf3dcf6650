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
        await rig.Node.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Database}", cancel: cancel);
        foreach (var (path, i) in asked.Select((path, i) => (path, i)))
            try
            {
                await rig.Node.ExecuteAsync($"CREATE TABLE {Database}.t_{i} (v {path.From}) ENGINE = MergeTree ORDER BY tuple()", rig.Tolerating, cancel);
                await rig.Node.ExecuteAsync($"INSERT INTO {Database}.t_{i} SELECT defaultValueOfTypeName({Core.Sql.Quote.Text(path.From)})", rig.InDatabase, cancel);
                await rig.Node.ExecuteAsync($"ALTER TABLE {Database}.t_{i} MODIFY COLUMN v {path.To}", rig.InDatabase, cancel);
                if (await rig.TextAsync($"SELECT count() FROM system.mutations WHERE database = '{Database}' AND table = 't_{i}' FORMAT TSV", cancel) == "0\n")
                    untouched.Add(path);
            }
            catch (ServerErrorException)
            {
                // Nothing is known of it: it counts as one that rewrites.
            }

        await rig.Node.ExecuteAsync($"DROP DATABASE {Database} SYNC", cancel: cancel);
        return untouched.ToImmutable();
    }
}
