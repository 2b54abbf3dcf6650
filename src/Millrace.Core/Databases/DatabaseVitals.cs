using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Core.Databases;

/// <summary>What a Postgres said of the tables that pipelines write to, asked through a node of the fleet.</summary>
/// <param name="Connection">Its name in the fleet.</param>
/// <param name="Node">The node that asked.</param>
/// <param name="Tables">Every table of a wanted name, in whatever schema.</param>
/// <param name="Error">Why it could not be asked; empty when it was.</param>
public sealed record DatabaseVitals(string Connection, string Node, ImmutableArray<PostgresTable> Tables, string Error = "")
{
    /// <summary>Null when it could not be told.</summary>
    public SessionZone? Zone { get; init; }

    public bool Answered => Error.Length == 0;

    /// <summary>
    /// The table that a sink writes to. Without `schema` the search path decides, which no table tells: where `public` and the user's own
    /// schema do not have it, but others do, it is not known.
    /// </summary>
    public (bool IsKnown, PostgresTable? Table) Find(PostgresSink sink, string? user)
    {
        var named = Tables.Where(table => table.Name == sink.Table).ToList();
        if (sink.Schema is { } schema)
            return (true, named.Find(table => table.Schema == schema));
        var usual = named.Find(table => table.Schema == user) ?? named.Find(table => table.Schema == "public");
        return (usual is not null || named.Count == 0, usual);
    }
}
