using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>
/// DROP statements. SYNC, because a Kafka table must have left its consumer group and a name must be free again when
/// the next statement runs.
/// </summary>
internal static class DropSql
{
    public static string Of(ObjectName name) => $"DROP TABLE IF EXISTS {Quote.Name(name)} SYNC";

    public static string Of(ObjectShape shape) => shape.Engine == "Dictionary"
        ? $"DROP DICTIONARY IF EXISTS {Quote.Name(shape.Name)} SYNC"
        : Of(shape.Name);
}
