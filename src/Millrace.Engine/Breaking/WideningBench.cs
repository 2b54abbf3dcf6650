using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Tries on an empty copy of the table what would be advised; keys, versions and states are the engine's to refuse.</summary>
internal sealed class WideningBench(Rigs rigs, CastBench casts)
{
    private const string Database = "millrace_widenings";

    public async Task<ImmutableHashSet<Widening>> JudgeAsync(IEnumerable<Widening> asked, CancellationToken cancel)
    {
        var accepted = new List<Widening>();
        foreach (var role in asked.Where(item => item.Was != item.Type).GroupBy(item => item.Table.Role))
            await rigs.Roles[role.Key].InScratchAsync(Database, async () => accepted.AddRange(await AcceptedAsync(rigs.Roles[role.Key], role, cancel)), cancel);
        var verdicts = await casts.JudgeAsync(accepted.SelectMany(item => new[] { item.Stored, item.Arriving }), cancel);
        return [.. accepted.Where(item => IsSafe(item.Stored) && IsSafe(item.Arriving))];

        bool IsSafe(TypePath path) => path.IsTrivial || verdicts[path] is { IsKnown: true, IsLossless: true };
    }

    private static async Task<List<Widening>> AcceptedAsync(RoleRig rig, IEnumerable<Widening> asked, CancellationToken cancel)
    {
        var accepted = new List<Widening>();
        foreach (var (item, copy) in asked.Select((item, i) => (item, $"{Database}.copy_{i}")))
            try
            {
                await rig.Node.ExecuteAsync($"CREATE TABLE {copy} AS {Quote.Name(item.Table.Name)}", rig.Tolerating, cancel);
                await rig.Node.ExecuteAsync($"ALTER TABLE {copy} MODIFY COLUMN {Quote.Name(item.Column)} {item.Type}", rig.InDatabase, cancel);
                accepted.Add(item);
            }
            catch (ServerErrorException)
            {
                // Then it is no advice.
            }

        return accepted;
    }
}
