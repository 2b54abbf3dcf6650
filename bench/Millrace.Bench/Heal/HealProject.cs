using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Specs;
using Millrace.Engine.Watch;

namespace Millrace.Bench.Heal;

/// <summary>One ordinary stream, to be healed.</summary>
internal static class HealProject
{
    public const string Topic = "heal";

    public static Project On(Fleet fleet) => new()
    {
        Name = "heal",
        Database = "heal",
        Fleet = fleet,
        Pipelines =
        [
            new Pipeline
            {
                Name = "events",
                Role = "events",
                Columns = [new Column("id", "UInt64"), new Column("body", "String")],
                Legs =
                [
                    new Leg
                    {
                        Name = "msk", Broker = "msk", Topic = Topic, Group = "heal",
                        Settings = ImmutableSortedDictionary<string, string>.Empty.Add("kafka_flush_interval_ms", "1000"),
                    },
                ],
                Into = new TableSink { Table = "events", Engine = "ReplacingMergeTree(_timestamp)", OrderBy = ["id"], ShardBy = "sipHash64(id)" },
                Errors = new ErrorSink("errors"),
            },
        ],
    };

    /// <summary>A declaration that never changes.</summary>
    public sealed class Source(Project project) : IDeclarationSource
    {
        private Project? unread = project;

        public LoadResult? ReadIfChanged() =>
            Interlocked.Exchange(ref unread, null) is { } first ? new LoadResult(first, [], Redaction.None) : null;
    }
}
