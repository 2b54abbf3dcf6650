using System.Collections.Immutable;
using System.Globalization;
using Millrace.Core.Breaking;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Puts the same blocks into tables with the settings before a change and with those after it, and counts what they keep.</summary>
internal sealed class SettingsBench(RoleRig rig)
{
    private const string Database = "millrace_settings";

    /// <summary>So many inserts come before merges have done anything.</summary>
    private const int Blocks = 60;

    public async Task<ImmutableArray<MergeDifference>> JudgeAsync(IEnumerable<SettingsChange> changes, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<MergeDifference>();
        foreach (var change in changes)
            await rig.InScratchAsync(
                Database,
                async () =>
                {
                    if (await TryAsync("was", change.Then, cancel) is { Rows: > 0, Fault: null } was && await TryAsync("now", change.Now, cancel) is { Rows: > 0 } now && Compare(change.Table.Ref, was.Rows, now) is { } difference)
                        found.Add(difference);
                },
                cancel);
        return found.ToImmutable();
    }

    private static MergeDifference? Compare(ObjectRef table, int was, (int Rows, EngineFault? Fault) now) =>
        now.Fault is not null ? new MergeDifference(MergeOutcome.InsertsRefused, table) { Before = Text(was), After = Text(now.Rows), Fault = now.Fault }
        : now.Rows == was ? null
        : new MergeDifference(now.Rows < was ? MergeOutcome.RepeatsDropped : MergeOutcome.RepeatsKept, table) { Before = Text(was), After = Text(now.Rows) };

    /// <summary>One block twice, and others, while nothing is merged. No rows at all where the lab has not what the settings ask for.</summary>
    private async Task<(int Rows, EngineFault? Fault)> TryAsync(string name, ImmutableSortedDictionary<string, string> settings, CancellationToken cancel)
    {
        var table = Quote.Name(new ObjectName(Database, name));
        var clause = settings.IsEmpty ? "" : $" SETTINGS {string.Join(", ", settings.Select(pair => $"{pair.Key} = {pair.Value}"))}";
        EngineFault? fault = null;
        try
        {
            await RunAsync($"CREATE TABLE {table} (id UInt64) ENGINE = MergeTree ORDER BY id{clause}", cancel);
            await RunAsync($"SYSTEM STOP MERGES {table}", cancel);
        }
        catch (ServerErrorException)
        {
            return (0, null);
        }

        try
        {
            for (var i = -1; i < Blocks; i++)
                await RunAsync($"INSERT INTO {table} VALUES ({Math.Max(0, i)})", cancel);
        }
        catch (ServerErrorException error)
        {
            fault = RoleRig.FaultOf(error);
        }

        var rows = (await rig.TextAsync($"SELECT count() FROM {table} FORMAT TSV", cancel)).Trim();
        return (int.Parse(rows, CultureInfo.InvariantCulture), fault);
    }

    private Task RunAsync(string sql, CancellationToken cancel) => rig.Node.ExecuteAsync(sql, rig.InDatabase, cancel);

    private static string Text(int rows) => rows.ToString(CultureInfo.InvariantCulture);
}
