namespace Millrace.Core.Model;

/// <summary>What the user accepts in exchange for something else; by default nothing that can lose rows.</summary>
/// <param name="AcceptBackgroundInserts">
/// True when ingestion nodes may keep rows on their own disk after the Kafka offsets are committed. A node that dies
/// then takes the rows it had not sent with it.
/// </param>
public sealed record Policies(bool AcceptBackgroundInserts = false);
