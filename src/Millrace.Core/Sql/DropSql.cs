using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Sql;

/// <summary>
/// DROP statements. SYNC, because a Kafka table must have left its consumer group and a name must be free again when
/// the next statement runs.
/// </summary>
internal static class DropSql
{
    public static string Of(ObjectName name) => $"DROP TABLE IF EXISTS {Quote.Name(name)} SYNC";

    public static ImmutableArray<string> Of(ObjectShape shape) => shape.Engine switch
    {
        "Dictionary" => [$"DROP DICTIONARY IF EXISTS {Quote.Name(shape.Name)} SYNC"],
        "Distributed" => [Flush(shape.Name), Of(shape.Name)],
        _ => [Of(shape.Name)],
    };

    /// <summary>Rows that still wait on the node's disk go to storage first; the statement fails when they cannot.</summary>
    public static string Flush(ObjectName distributed) => $"SYSTEM FLUSH DISTRIBUTED {Quote.Name(distributed)}";
}
