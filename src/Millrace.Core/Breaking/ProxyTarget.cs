using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>The table that a Distributed or Buffer table stands in front of, out of the engine's own canonical text.</summary>
/// <param name="Cluster">Null when it is on the same server.</param>
internal sealed record ProxyTarget(string? Cluster, ObjectName Table)
{
    public static ProxyTarget? Of(ObjectShape shape)
    {
        if (shape.Engine is not ("Distributed" or "Buffer"))
            return null;
        var head = EngineClauses.Read(shape.EngineFull).Head;
        var (open, close) = (head.IndexOf('('), head.LastIndexOf(')'));
        if (open < 0 || close < open)
            return null;
        var arguments = EngineClauses.TopLevelSplit(head[(open + 1)..close]).Select(Bare).ToList();
        return shape.Engine switch
        {
            "Distributed" when arguments.Count >= 3 => new(arguments[0], Name(arguments[1], arguments[2])),
            "Buffer" when arguments.Count >= 2 => new(null, Name(arguments[0], arguments[1])),
            _ => null,
        };

        ObjectName Name(string database, string table) =>
            new(database.Length == 0 || database == "currentDatabase()" ? shape.Name.Database : database, table);
    }

    private static string Bare(string argument)
    {
        var text = argument.Trim();
        return text.Length >= 2 && text[0] == text[^1] && text[0] is '\'' or '`'
            ? text[1..^1].Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : text;
    }
}
