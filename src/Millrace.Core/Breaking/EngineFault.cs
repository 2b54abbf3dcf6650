namespace Millrace.Core.Breaking;

/// <summary>What the engine answered instead of a result.</summary>
/// <param name="Code">ClickHouse's error code, such as 47; 0 where it was not asked.</param>
/// <param name="Name">ClickHouse's name of it, such as <c>UNKNOWN_IDENTIFIER</c>; may be empty.</param>
public sealed record EngineFault(int Code, string Name, string Message)
{
    /// <summary>How to have most statements judged that connect to learn their columns.</summary>
    public const string WriteColumns = "write the columns, and nobody has to be asked: CREATE VIEW name (a UInt32, b String) AS SELECT ...";

    /// <summary>A statement that was not run.</summary>
    public static EngineFault WouldConnect(string function) =>
        new(0, "", $"`{function}()` would connect as soon as it is created, and nothing here connects anywhere but to the fleet");

    public bool IsWouldConnect => Code == 0;

    /// <summary>Short enough for one line.</summary>
    public override string ToString()
    {
        var line = Message.Split('\n')[0];
        var cut = line.IndexOf(": While executing", StringComparison.OrdinalIgnoreCase);
        if (cut > 0)
            line = line[..cut];
        return IsWouldConnect ? Message : $"error {Code}{(Name.Length > 0 ? $" {Name}" : "")}: {(line.Length > 200 ? line[..200] + "..." : line)}";
    }
}
