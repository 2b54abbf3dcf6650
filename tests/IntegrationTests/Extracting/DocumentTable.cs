using System.Text;
using System.Text.Json;
using Millrace.Core.Extracting;
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

    /// <summary>Fails with the shortest document for which the expressions of a comparison differ.</summary>
    public async Task AssertEqualAsync(ExtractionSelect select, string from, params IEnumerable<Comparison> comparisons)
    {
        var differences = comparisons.Select(c =>
            $"if({c.Ours} <=> {c.Expected}, '', concat({Quote.Text(c.What)}, ': ', ifNull(toString({c.Ours}), 'NULL'), ' is not ', ifNull(toString({c.Expected}), 'NULL')))");
        var sql = $"""
            WITH {string.Join(", ", select.With.Append("1 AS one"))}
            SELECT count(), countIf(notEmpty(differences)), argMinIf((p, differences), length(p), notEmpty(differences))
            FROM (SELECT p, arrayFilter(d -> d != '', [{string.Join(",\n", differences)}]) AS differences FROM {select.From(from)} {select.Settings})
            FORMAT JSONCompactEachRow
            """;
        var options = new StatementOptions { Settings = new Dictionary<string, string> { ["max_query_size"] = "10000000" } };
        var answer = Encoding.UTF8.GetString(await connection.QueryAsync(sql, options, TestContext.Current.CancellationToken));
        using var row = JsonDocument.Parse(answer);
        Assert.NotEqual("0", row.RootElement[0].ToString());
        Assert.True(row.RootElement[1].ToString() == "0", $"{row.RootElement[1]} documents differ, as (document, differences) {row.RootElement[2]}");
    }
}
