using System.Text.Json;

namespace Millrace.Core.Locking;

/// <summary>One generation of a fleet's lock, as it is stored: who took it and how long that lasts.</summary>
/// <param name="Token">Unique to one taking of the lock; whoever finds another one than its own has lost it.</param>
/// <param name="Apply">Id of the apply in the journal.</param>
/// <param name="Since">When it was taken, by the clock of the node that stores it.</param>
/// <param name="Until">When it lasts no longer unless it is renewed, by the same clock.</param>
/// <param name="Released">True when the holder gave it back.</param>
public sealed record LeaseState(
    string Token, string Apply, Holder Holder, DateTimeOffset Since, DateTimeOffset Until, bool Released = false)
{
    public bool IsLive(DateTimeOffset now) => !Released && now < Until;

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <exception cref="FormatException">The text is no lease: somebody else wrote it.</exception>
    public static LeaseState Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<LeaseState>(json, JsonSerializerOptions.Web) ?? throw new FormatException("it is null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"this is not a lease: {error.Message}", error);
        }
    }
}
