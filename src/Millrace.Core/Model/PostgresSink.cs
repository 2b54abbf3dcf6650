using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>A table in Postgres that the rows are upserted into, one row for each key.</summary>
public sealed record PostgresSink : Sink
{
    /// <summary>The connection, by its name in the fleet.</summary>
    public required string Connection { get; init; }

    public required string Table { get; init; }

    /// <summary>Schema of the table; null: the first of the user's search path.</summary>
    public string? Schema { get; init; }

    /// <summary>Columns of the unique index that decides whether a row is there already.</summary>
    public required ImmutableArray<string> Keys { get; init; }

    /// <summary>Columns that are brought up to date when the row is there, each with the value that wins.</summary>
    public ImmutableArray<UpdatedColumn> Update { get; init; } = [];

    /// <summary>Columns that are only written with a new row.</summary>
    public ImmutableArray<string> Insert { get; init; } = [];

    /// <summary>Longest text of a column, in characters.</summary>
    public ImmutableSortedDictionary<string, int> Longest { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>What becomes of text that is longer.</summary>
    public TextRule TooLong { get; init; } = TextRule.Skip;

    /// <summary>What becomes of text that Postgres cannot store: NUL, and bytes that are not UTF-8.</summary>
    public TextRule Unstorable { get; init; } = TextRule.Mend;

    /// <summary>Override of the generated name; null means the naming rule.</summary>
    public string? WritableTable { get; init; }

    /// <summary>Every column that is written, in the order of the generated table.</summary>
    public ImmutableArray<string> Columns => [.. Keys, .. Update.Select(column => column.Name), .. Insert];
}
