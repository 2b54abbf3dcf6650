namespace Millrace.Bench.Streaming;

/// <summary>A way to bring a topic to a table.</summary>
/// <param name="Name">For the report, and part of the names of databases.</param>
/// <param name="Consumer">The node whose Kafka table reads the topic.</param>
/// <param name="PrepareAsync">Readies everything that need not be measured for the database of that name; its result starts the stream.</param>
public sealed record Design(string Name, string Consumer, Func<string, CancellationToken, Task<Func<Task>>> PrepareAsync);
