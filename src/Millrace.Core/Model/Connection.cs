namespace Millrace.Core.Model;

/// <summary>A Postgres database, known to the nodes as a named collection.</summary>
/// <param name="Collection">Name of the collection on the nodes; address and secrets live there.</param>
/// <param name="Host">Host as the nodes reach it; null where only the nodes know.</param>
public sealed record Connection(
    string Name,
    string Collection,
    string? Host = null,
    int Port = 5432,
    string? Database = null,
    string? User = null,
    Secret? Password = null);
