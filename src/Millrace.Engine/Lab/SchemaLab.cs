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
    public async Task<ImmutableArray<CanonicalObject>> LoadAsync(ImmutableArray<SchemaStatement> statements, CancellationToken cancel)
    {
        if (statements.IsEmpty)
            return [];
        var objects = ImmutableArray.CreateBuilder<CanonicalObject>();
        var known = await NamesAsync(cancel);
        for (var i = 0; i < statements.Length; i++)
        {
            if (!await RunAsync(statements[i], cancel))
                continue;
            var now = await NamesAsync(cancel);
            var made = now.Except(known).Order().ToList();
            known = now;
            if (made.Count == 0)
                findings.Add(Finding.Error(
                    "MR131", "this statement creates nothing new; only CREATE statements belong here", statements[i].At,
                    "declare the state that the object should have, Millrace works out the ALTER"));
            foreach (var name in made)
                objects.Add(await CanonicalAsync(name, statements[i], i, cancel));
        }

        return objects.ToImmutable();
    }

    private async Task<bool> RunAsync(SchemaStatement statement, CancellationToken cancel)
    {
        try
        {
            await node.ExecuteAsync(LabSql.ForLab(statement.Sql), InDatabase(project.Database), cancel);
            return true;
        }
        catch (ServerErrorException error)
        {
            findings.Add(LabFinding.Of(statement.At, $"this statement on role `{role}`", error, statement.Sql));
            return false;
        }
    }

    private async Task<CanonicalObject> CanonicalAsync(
        ObjectName name, SchemaStatement statement, int order, CancellationToken cancel)
    {
        var owner = $"schema/{Path.GetFileNameWithoutExtension(statement.At.File)}";
        var mark = new Mark(project.Name, owner).ToString();
        var plain = await ReadAsync(name, cancel);
        var comment = plain.Comment.Length == 0 ? mark : $"{plain.Comment} {mark}";
        await node.ExecuteAsync($"ALTER TABLE {Quote.Name(name)} MODIFY COMMENT {Quote.Text(comment)}", cancel: cancel);
        var shape = await ReadAsync(name, cancel);
        if (shape.Engine == "Kafka")
            await StandInAsync(shape, cancel);
        return new CanonicalObject(
            new DeclaredObject
            {
                Name = name,
                Placement = Placement.On(role),
                Purpose = ObjectPurpose.Schema,
                CreateSql = shape.CreateQuery,
                Owner = owner,
                At = statement.At,
                Order = order,
            },
            shape);
    }

    private async Task<ObjectShape> ReadAsync(ObjectName name, CancellationToken cancel) =>
        (await ObjectReader.ReadAsync(node, [name], tellsViewTargets: true, cancel)).Single().Shape;

    /// <summary>Like the Kafka table to its views, and consumes nothing.</summary>
    private async Task StandInAsync(ObjectShape kafka, CancellationToken cancel)
    {
        var columns = kafka.Columns.Select(column => new ColumnDefinition(column.Name, column.Type)).ToList();
        columns.AddRange(KafkaVirtuals.All.Where(v => columns.All(column => column.Name != v.Name)));
        var standIn = new TableDefinition { Name = kafka.Name, Columns = [.. columns], Engine = "Null" };
        await node.ExecuteAsync($"DROP TABLE {Quote.Name(kafka.Name)} SYNC", cancel: cancel);
        await node.ExecuteAsync(standIn.ToSql(), cancel: cancel);
    }

    private async Task<HashSet<ObjectName>> NamesAsync(CancellationToken cancel)
    {
        const string sql = """
            SELECT database, name FROM system.tables
            WHERE database NOT IN ('system', 'INFORMATION_SCHEMA', 'information_schema') FORMAT TSVRaw
            """;
        var text = Encoding.UTF8.GetString(await node.QueryAsync(sql, cancel: cancel));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t', 2))
            .Select(pair => new ObjectName(pair[0], pair[1]))
            .Where(name => !name.IsInner)];
    }

    private static StatementOptions InDatabase(string database) =>
        new() { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["database"] = database } };
}
