namespace Millrace.Testing;

/// <summary>A request as the scripted server received it.</summary>
/// <param name="Target">Path and query, still escaped.</param>
/// <param name="Headers">By lower-case name.</param>
public sealed record ScriptedRequest(string Target, IReadOnlyDictionary<string, string> Headers, string Sql);
