using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Core.Doctor;

/// <summary>What a consumer's exception means to its stream, in words, and what to do about it.</summary>
/// <param name="Text">The server's words, or ours where those say too little.</param>
/// <param name="Fix">Null where nothing better is known than to read the text.</param>
/// <param name="IsRefusal">The database behind a sink does not take the rows: they are offered again and again, and nothing else is read.</param>
internal sealed record ConsumerFault(string Text, string? Fix, bool IsRefusal = false)
{
    public const string OffsetsNotCommitted = "the block is stored, but its offsets could not be committed, so it is read and stored once more: "
        + "upserts and tables whose key makes equal rows one are the same after that, others have its rows twice";

    public static ConsumerFault Of(DoctorFacts facts, ObjectName table, string text, bool hasPassed = false)
    {
        if (text.Contains("Last block was already written", StringComparison.OrdinalIgnoreCase))
            return new($"{OffsetsNotCommitted} ({FirstLine.Of(text)})", "none for a single one, as after a rebalance; where it goes on, look at the broker: may this group commit, and does its coordinator answer?");
        if (!IsOfPostgres(text))
            return new(FirstLine.Of(text), null);
        var sinks = facts.FedBy(table).Where(pipeline => pipeline.Into is PostgresSink).ToList();
        var connections = Named.Of(sinks.Select(pipeline => ((PostgresSink)pipeline.Into).Connection).Distinct());
        var waiting = Named.Of(facts.FedBy(table).Select(pipeline => pipeline.Name));
        return new(
            $"Postgres{(connections.Length > 0 ? $" {connections}" : "")} {(hasPassed ? "did" : "does")} not take the rows{(sinks.Count > 0 ? $" of {Named.Of(sinks.Select(pipeline => pipeline.Name))}" : "")}: "
                + $"{Reason(text)}{(waiting.Length > 0 && !hasPassed ? $"; until it does, nothing new reaches {waiting}, and nothing is lost" : "")}",
            hasPassed ? "nothing: it has passed" : FixOf(text),
            IsRefusal: true);
    }

    private static bool IsOfPostgres(string text) =>
        text.Contains("POSTGRESQL_CONNECTION_FAILURE", StringComparison.Ordinal) || text.Contains("pqxx", StringComparison.Ordinal);

    private static string FixOf(string text) =>
        Has(text, "authentication failed") || Has(text, "no password supplied") ? "correct user and password under `connections` in fleet.yaml, then `millrace collections apply` (or the node's own configuration)"
        : Has(text, "permission denied") ? "GRANT SELECT, INSERT, UPDATE on the table to the user of the connection; the stream then goes on by itself"
        : Has(text, "POSTGRESQL_CONNECTION_FAILURE") || Has(text, "broken_connection") ? "start Postgres, or correct its address under `connections`; the stream then goes on by itself"
        : Has(text, "does not exist") || Has(text, "ON CONFLICT") || Has(text, "not-null") ? "`millrace doctor --only MR278` says what to run in Postgres; the stream then goes on by itself"
        : Has(text, "value too long") ? "give the column's length under `longest`: longer texts are then passed over or cut, and recorded"
        : "do what Postgres says, in the table or in the pipeline; the stream then goes on by itself";

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>Postgres' own words are the last: before them stands every layer that they passed through.</summary>
    private static string Reason(string text)
    {
        foreach (var mark in (string[])["ERROR:", "FATAL:", "failed with error:", "e.what() ="])
            if (text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at)
                return FirstLine.Of(text[(at + mark.Length)..]);
        return FirstLine.Of(text);
    }
}
