using System.Text.RegularExpressions;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A sharding key gives the same shard for the same row, or a retried insert leaves copies on two shards.</summary>
internal static partial class RandomShardingKey
{
    public const string Code = "MR210";

    public static IEnumerable<Finding> Run(Project project) => OfTables(project).Concat(OfMessages(project));

    private static IEnumerable<Finding> OfTables(Project project) =>
        from stored in project.Tables
        let call = ChangingFunction().Match(stored.Table.ShardBy ?? "")
        where call.Success
        select Finding.Error(
            Code,
            $"the sharding key of `{stored.Table.Table}` must be deterministic, but `{call.Groups["name"].Value}` gives another value each time: a retried insert would leave copies on two shards",
            project.Sources.Find($"{stored.Pipeline.Path}.into.shard_by"),
            "hash a column that identifies the row, such as sipHash64(distinct_id)");

    private static IEnumerable<Finding> OfMessages(Project project) =>
        from pipeline in project.Pipelines
        let sink = pipeline.Into as KafkaSink
        where sink is not null
        let call = ChangingFunction().Match(sink.Key)
        where call.Success
        select Finding.Error(
            Code,
            $"the message key of `{pipeline.Name}` must be deterministic, but `{call.Groups["name"].Value}` gives another value each time: a retried block would land on other partitions",
            project.Sources.Find($"{pipeline.Path}.into.kafka.key"),
            "make the key of columns that identify what must stay in order");

    // Only a look at the text: the server knows its functions better, but not which of them suit a sharding key.
    [GeneratedRegex(
        @"(?<![\w.])(?<name>rand\w*|now\w*|today|yesterday|generate(UUID|ULID|Snowflake)\w*|rowNumberIn\w*|hostName|fqdn|serverUUID|queryID|fuzzBits)\s*\(",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ChangingFunction();
}
