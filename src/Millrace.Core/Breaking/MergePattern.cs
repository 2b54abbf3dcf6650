using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking;

/// <summary>The tables that a Merge table reads through, as a condition over <c>system.tables</c>.</summary>
public sealed record MergePattern(string Condition)
{
    private const string Expression = "REGEXP(";

    /// <summary>Null when the table is no Merge table.</summary>
    public static MergePattern? Of(ObjectShape shape)
    {
        var head = EngineClauses.Read(shape.EngineFull).Head;
        var (open, close) = (head.IndexOf('(', StringComparison.Ordinal), head.LastIndexOf(')'));
        if (shape.Engine != "Merge" || open < 0)
            return null;
        var arguments = EngineClauses.TopLevelSplit(head[(open + 1)..close]).Select(argument => argument.Trim()).ToList();
        return arguments.Count < 2 ? null : new MergePattern($"{Databases(shape, arguments[0])} AND match(name, {arguments[1]})");
    }

    private static string Databases(ObjectShape shape, string argument) =>
        argument.StartsWith(Expression, StringComparison.Ordinal) ? $"match(database, {argument[Expression.Length..^1]})"
        : argument.StartsWith('\'') ? $"database = {argument}"
        : argument == "currentDatabase()" ? $"database = {Quote.Text(shape.Name.Database)}"
        : $"database = {Quote.Text(argument.Trim('`'))}";
}
