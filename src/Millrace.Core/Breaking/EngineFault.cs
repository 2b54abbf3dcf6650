namespace Millrace.Core.Breaking;

/// <summary>What the engine answered instead of a result.</summary>
/// <param name="Code">ClickHouse's error code, such as 47.</param>
/// <param name="Name">ClickHouse's name of it, such as <c>UNKNOWN_IDENTIFIER</c>; may be empty.</param>
public sealed record EngineFault(int Code, string Name, string Message)
{
    /// <summary>Short enough for one line.</summary>
    public override string ToString()
    {
        var line = Message.Split('\n')[0];
        var cut = line.IndexOf(": While executing", StringComparison.OrdinalIgnoreCase);
        if (cut > 0)
            line = line[..cut];
        return $"error {Code}{(Name.Length > 0 ? $" {Name}" : "")}: {(line.Length > 200 ? line[..200] + "..." : line)}";
    }
}
