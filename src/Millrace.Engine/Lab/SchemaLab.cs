using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Lab;

/// <summary>
/// Runs the plain DDL of <c>schema/*.sql</c> in a lab. Which object a statement makes is found by looking: no SQL is
/// parsed here.
/// </summary>
internal sealed class SchemaLab(INodeConnection node, Project project, string role, List<Finding> findings)
{
    /// <summary>Statements in flight; the engine has two cores to parse on in most places this runs.</summary>
    private const int Parallelism = 4;

    private readonly List<Made> _made = [];

    public async Task<ImmutableArray<CanonicalObject>> LoadAsync(ImmutableArray<SchemaStatement> statements, CancellationToken cancel)
    {
        if (statements.IsEmpty)
            return [];
        var known = (await EnginesAsync("", cancel)).Keys.ToHashSet();
        for (var i = 0; i < statements.Length; i++)
        {
            if (!await RunAsync(statements[i], cancel))
                continue;
            var now = await NewAsync(statements[i], known, cancel);
            var made = now.Keys.Order().Select(name => new Made(name, statements[i], i)).ToList();
            if (made.Count == 0)
                findings.Add(Finding.Error(
                    "MR131", "this statement creates nothing new; only CREATE statements belong here", statements[i].At,
                    "declare the state that the object should have, Millrace works out the ALTER"));
            foreach (var item in made.Where(item => StreamEngines.All.Contains(now[item.Name])))
                await StandInAsync(item, cancel);
            _made.AddRange(made);
            known.UnionWith(now.Keys);
        }

        return await CanonicalAsync(cancel);
    }

    /// <summary>What a statement made: looked for under the words that it begins with, and everywhere when it is not there.</summary>
    private async Task<Dictionary<ObjectName, string>> NewAsync(SchemaStatement statement, HashSet<ObjectName> known, CancellationToken cancel)
    {
        var words = string.Join(", ", Breaking.Statements.NamesInHead(statement.Sql).Select(Quote.Text));
        var found = await EnginesAsync($"AND name IN ({words})", cancel);
        if (found.Keys.All(known.Contains))
            found = await EnginesAsync("", cancel);
        return found.Where(item => !known.Contains(item.Key)).ToDictionary();
    }

    /// <summary>Like the stream to its views, and consumes nothing; what it is as declared is kept.</summary>
    private async Task StandInAsync(Made item, CancellationToken cancel)
    {
        await MarkAsync(item, await ReadAsync([item], cancel), cancel);
        item.Stream = (await ReadAsync([item], cancel))[item.Name];
        var columns = item.Stream.Columns.Select(column => new ColumnDefinition(column.Name, column.Type)).ToList();
        if (item.Stream.Engine == "Kafka")
            columns.AddRange(KafkaVirtuals.All.Where(v => columns.All(column => column.Name != v.Name)));
        var standIn = new TableDefinition { Name = item.Name, Columns = [.. columns], Engine = "Null" };
        await node.ExecuteAsync($"DROP TABLE {Quote.Name(item.Name)} SYNC", cancel: cancel);
        await node.ExecuteAsync(standIn.ToSql(), cancel: cancel);
    }

    /// <summary>Marked as this project's and read back, all at once.</summary>
    private async Task<ImmutableArray<CanonicalObject>> CanonicalAsync(CancellationToken cancel)
    {
        var tables = _made.Where(item => item.Stream is null).ToList();
        var plain = await ReadAsync(tables, cancel);
        await Parallel.ForEachAsync(
            tables, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel }, async (item, stop) => await MarkAsync(item, plain, stop));
        var marked = await ReadAsync(tables, cancel);
        return
        [
            .. from item in _made
               let shape = item.Stream ?? marked.GetValueOrDefault(item.Name)
               where shape is not null
               select new CanonicalObject(
                   new DeclaredObject
                   {
                       Name = item.Name,
                       Placement = Placement.On(role),
                       Purpose = ObjectPurpose.Schema,
                       CreateSql = shape.CreateQuery,
                       Owner = item.Owner,
                       At = item.Statement.At,
                       Order = item.Order,
                   },
                   shape),
        ];
    }

    private async Task MarkAsync(Made item, Dictionary<ObjectName, ObjectShape> plain, CancellationToken cancel)
    {
        if (!plain.TryGetValue(item.Name, out var shape))
            return;
        var mark = new Mark(project.Name, item.Owner).ToString();
        var comment = shape.Comment.Length == 0 ? mark : $"{shape.Comment} {mark}";
        try
        {
            if (shape.Engine.StartsWith("Replicated", StringComparison.Ordinal))
                await AttachAsync(shape, comment, cancel);
            else
                await node.ExecuteAsync($"ALTER TABLE {Quote.Name(item.Name)} MODIFY COMMENT {Quote.Text(comment)}", cancel: cancel);
        }
        catch (ServerErrorException error)
        {
            lock (findings)
                findings.Add(LabFinding.Of(item.Statement.At, $"a comment on `{item.Name}`, by which it is known as this project's, on role `{role}`", error, item.Statement.Sql));
        }
    }

    /// <summary>A replica needs others to agree to a change; attached as it is, with its comment, it asks nobody.</summary>
    private async Task AttachAsync(ObjectShape replica, string comment, CancellationToken cancel)
    {
        var old = $" COMMENT {Quote.Text(replica.Comment)}";
        var plain = replica.CreateQuery.EndsWith(old, StringComparison.Ordinal) ? replica.CreateQuery[..^old.Length] : replica.CreateQuery;
        await node.ExecuteAsync($"DROP TABLE {Quote.Name(replica.Name)} SYNC", LabSql.Unasked, cancel);
        await node.ExecuteAsync(LabSql.ForLab($"{plain} COMMENT {Quote.Text(comment)}"), cancel: cancel);
    }

    private async Task<Dictionary<ObjectName, ObjectShape>> ReadAsync(List<Made> items, CancellationToken cancel) =>
        items.Count == 0 ? [] : (await ObjectReader.ReadAsync(node, [.. items.Select(item => item.Name)], tellsViewTargets: true, cancel))
            .ToDictionary(item => item.Shape.Name, item => item.Shape);

    private async Task<bool> RunAsync(SchemaStatement statement, CancellationToken cancel)
    {
        var (sql, options) = (Breaking.Statements.WithoutOnCluster(statement.Sql), InDatabase(project.Database));
        try
        {
            if (await LabReach.RefuseAsync(node, sql, options, cancel) is { } refusal)
            {
                findings.Add(LabFinding.Of(refusal, statement.At));
                return false;
            }

            await node.ExecuteAsync(LabSql.WithIdentity(sql), options, cancel);
            return true;
        }
        catch (ServerErrorException error)
        {
            findings.Add(LabFinding.Of(statement.At, $"this statement on role `{role}`", error, statement.Sql));
            return false;
        }
    }

    private async Task<Dictionary<ObjectName, string>> EnginesAsync(string and, CancellationToken cancel)
    {
        var sql = $"""
            SELECT database, name, engine FROM system.tables
            WHERE database NOT IN ({ServerDatabases.Names}) {and} FORMAT TSVRaw
            """;
        var text = Encoding.UTF8.GetString(await node.QueryAsync(sql, cancel: cancel));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Select(parts => (Name: new ObjectName(parts[0], parts[1]), Engine: parts[2]))
            .Where(item => !item.Name.IsInner)
            .ToDictionary(item => item.Name, item => item.Engine);
    }

    private static StatementOptions InDatabase(string database) =>
        new() { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["database"] = database } };

    private sealed record Made(ObjectName Name, SchemaStatement Statement, int Order)
    {
        /// <summary>What it was before its stand-in; null for what has none.</summary>
        public ObjectShape? Stream { get; set; }

        public string Owner => $"schema/{Path.GetFileNameWithoutExtension(Statement.At.File)}";
    }
}
