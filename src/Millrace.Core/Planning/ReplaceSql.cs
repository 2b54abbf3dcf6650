using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>Puts another definition in the place of an object that holds no rows, atomically where the server can.</summary>
internal static class ReplaceSql
{
    private static readonly string[] Heads =
    [
        "CREATE TABLE IF NOT EXISTS ", "CREATE TABLE ", "CREATE DICTIONARY ", "CREATE VIEW IF NOT EXISTS ", "CREATE VIEW ",
    ];

    public static ImmutableArray<string> Of(DeclaredObject declared, ObjectShape observed)
    {
        foreach (var head in Heads)
            if (declared.CreateSql.StartsWith(head, StringComparison.Ordinal) && observed.Engine != "Kafka")
            {
                var word = head.Split(' ')[1];
                var replace = $"CREATE OR REPLACE {word} {declared.CreateSql[head.Length..]}";
                return observed.Engine == "Distributed" ? [DropSql.Flush(observed.Name), replace] : [replace];
            }

        return [.. DropSql.Of(observed), declared.CreateSql];
    }
}
