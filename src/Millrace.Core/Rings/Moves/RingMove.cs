using System.Collections.Immutable;
using System.Text.Json;

namespace Millrace.Core.Rings.Moves;

/// <summary>Old rows of some layers on their way to the shards that hold these layers now; kept on the fleet, so that anybody can end it.</summary>
public sealed record RingMove
{
    public required string Id { get; init; }

    public required string Project { get; init; }

    public required string Ring { get; init; }

    public required string Cluster { get; init; }

    public required ImmutableArray<int> Layers { get; init; }

    public required ImmutableArray<MovedTable> Tables { get; init; }

    public required ImmutableArray<MoveShard> Shards { get; init; }

    /// <summary>Rows of before may replace newer ones of the same key.</summary>
    public bool OlderMayWin { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <exception cref="FormatException">The text is no move.</exception>
    public static RingMove Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<RingMove>(json, JsonSerializerOptions.Web) ?? throw new FormatException("it is null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"this is not a move of rows: {error.Message}", error);
        }
    }
}
