using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millrace.Engine.Journal;

/// <summary>One line of an insert into the journal: a step with its runs on some nodes, or an apply with one run.</summary>
internal sealed record JournalRow
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Milliseconds since 1970.</summary>
    public required long RecordedAt { get; init; }

    public required string Kind { get; init; }

    public required string ApplyId { get; init; }

    public required string PlanId { get; init; }

    public required string Project { get; init; }

    public required string User { get; init; }

    public required string Host { get; init; }

    public required int Pid { get; init; }

    public required string Command { get; init; }

    public required string Revision { get; init; }

    public required bool Dirty { get; init; }

    public int Step { get; init; }

    public string Role { get; init; } = "";

    public string Object { get; init; } = "";

    public string Owner { get; init; } = "";

    public string Action { get; init; } = "";

    public string Phase { get; init; } = "";

    public string Risk { get; init; } = "";

    public string StatementHash { get; init; } = "";

    public string Statements { get; init; } = "";

    public int Steps { get; init; }

    /// <summary>Node, outcome, error code, error, duration in ms, start in ms since 1970: a tuple of the server's.</summary>
    [JsonPropertyName("runs")]
    public required IReadOnlyCollection<object[]> Runs { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
