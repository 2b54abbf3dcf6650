using System.Text;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.IntegrationTests.Extracting;

/// <summary>A table <c>doc(id UInt64, p String)</c> of documents on a real server.</summary>
public sealed class DocumentTable(INodeConnection connection, string name)
{
    /// <summary>What System A publishes: the text of a property, by its own parse of the document.</summary>
    public static string Recipe(string key) =>
        $"replaceRegexpAll(JSONExtractRaw(p, {Quote.Text(key)}), '^\"|\"$', '')";

    public async Task FillAsync(IEnumerable<byte[]> documents)
    {
        await connection.ExecuteAsync($"CREATE OR REPLACE TABLE {name} (id UInt64, p String) ENGINE = MergeTree ORDER BY id");
        var rows = new StringBuilder($"INSERT INTO {name} SELECT id, unhex(h) FROM input('id UInt64, h String') FORMAT TSV\n");
        foreach (var (document, id) in documents.Select((document, id) => (document, id)))
            rows.Append(id).Append('\t').Append(Convert.ToHexString(document)).Append('\n');
        await connection.ExecuteAsync(rows.ToString());
    }

    /// <summary>Fails with the first document for which two expressions differ.</summary>
    /// <param name="with">Items of a WITH clause for <paramref name="ours"/>.</param>
    public async Task AssertEqualAsync(IEnumerable<string> with, string from, string what, string ours, string expected)
    {
        var bindings = string.Concat(with.Select(item => $", {item}"));
        var sql = $"""
            WITH 1 AS one{bindings}
            SELECT count(), countIf(differs), argMinIf((p, toString(ours), toString(expected)), length(p), differs)
            FROM (SELECT p, {ours} AS ours, {expected} AS expected, NOT (ours <=> expected) AS differs FROM {from})
            FORMAT JSONCompactEachRow
            """;
        var answer = Encoding.UTF8.GetString(await connection.QueryAsync(sql, cancel: TestContext.Current.CancellationToken));
        using var row = System.Text.Json.JsonDocument.Parse(answer);
        Assert.NotEqual("0", row.RootElement[0].ToString());
        Assert.True(row.RootElement[1].ToString() == "0", $"{what}: (document, ours, expected) = {row.RootElement[2]}, {row.RootElement[1]} rows");
    }
}
