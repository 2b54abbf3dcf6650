using System.Collections.Immutable;
using Millrace.Core.Journal;
using Millrace.Core.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Journal;

/// <summary>Reads the journal from every storage node and puts the answers together.</summary>
public sealed class JournalReader(ImmutableArray<StorageNode> nodes)
{
    private const int UnknownTable = 60;
    private const int UnknownDatabase = 81;

    /// <param name="holding">The apply that holds the lock now; null when none does.</param>
    /// <returns>The history, and what kept nodes from telling theirs.</returns>
    /// <exception cref="JournalUnreachableException">No node answered.</exception>
    public async Task<(ImmutableArray<JournalApply> Applies, ImmutableArray<string> Silent)> ReadAsync(
        JournalFilter filter, string? holding, CancellationToken cancel)
    {
        var silent = ImmutableArray.CreateBuilder<string>();
        var applies = await AskAsync(JournalTable.SelectApplies(filter), Applies, silent, cancel);
        if (silent.Count == nodes.Length)
            throw new JournalUnreachableException($"no storage node tells the journal:\n  {string.Join("\n  ", silent)}");
        var newest = applies.Select(apply => apply.Info.Id).Distinct().OrderDescending(StringComparer.Ordinal).Take(filter.Limit).ToList();
        var entries = newest.Count == 0 ? [] : await AskAsync(JournalTable.SelectEntries(filter, newest), Entries, silent, cancel);
        return (History.Merge(applies, entries, holding, filter.Limit), [.. silent.Distinct()]);
    }

    private async Task<List<T>> AskAsync<T>(
        string sql, Func<byte[], List<T>> parse, ImmutableArray<string>.Builder silent, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(nodes.Select(async node =>
        {
            try
            {
                return (Rows: parse(await node.Connection.QueryAsync(sql, new StatementOptions { Compress = true }, cancel)), Error: (string?)null);
            }
            catch (ServerErrorException error) when (error.Code is UnknownTable or UnknownDatabase)
            {
                return ([], null); // Nothing was ever written here.
            }
            catch (Exception error) when (error is NodeUnreachableException or ServerErrorException)
            {
                return ([], $"{node.Name}: {error.Message}");
            }
        }));
        silent.AddRange(answers.Select(answer => answer.Error).OfType<string>());
        return [.. answers.SelectMany(answer => answer.Rows)];
    }

    private static List<JournalApply> Applies(byte[] answer)
    {
        var applies = new List<JournalApply>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            var (id, plan, project) = (row.Text(), row.Text(), row.Text());
            var holder = new Holder(row.Text(), row.Text(), (int)row.Integer(), "", row.Text());
            var info = new ApplyInfo(id, plan, project, holder, row.Text(), row.Boolean());
            applies.Add(new JournalApply(info, Outcome(row.Text()), row.Text(), (int)row.Integer(), Time(row.Integer()), Span(row.Integer())));
        }

        return applies;
    }

    private static List<JournalEntry> Entries(byte[] answer)
    {
        var entries = new List<JournalEntry>();
        var pool = new TextPool();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            entries.Add(new JournalEntry(
                row.Text(pool), (int)row.Integer(), row.Text(pool), row.Text(pool), row.Text(pool), row.Text(pool), row.Text(pool),
                row.Text(pool), row.Text(pool), row.Text(pool), row.Text(pool), Outcome(row.Text(pool)), (int)row.Integer(), row.Text(pool),
                Span(row.Integer()), Time(row.Integer())));
        }

        return entries;
    }

    private static EntryOutcome Outcome(string word) => Enum.Parse<EntryOutcome>(word, ignoreCase: true);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static TimeSpan Span(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
