namespace Millrace.Engine.Specs.Shapes;

/// <summary>The kinds of text that project files are made of.</summary>
internal static class Text
{
    public static readonly TextShape Any = new("text");

    /// <summary>Names of roles, nodes, legs and the like: they become macros, file names and command line arguments.</summary>
    public static readonly TextShape Name = new(
        "a name of letters, digits, `_`, `-` and `.`", "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$");

    /// <summary>Names of ClickHouse tables and databases, kept to what every client types without quotes.</summary>
    public static readonly TextShape Table = new("a name of letters, digits and `_`", "^[A-Za-z_][A-Za-z0-9_]{0,199}$");

    public static readonly TextShape Column = new("a column name", @"^[^\s`'""\\][^`'""\\\n\r\t]{0,199}$");

    public static readonly TextShape Type = new("a ClickHouse type");

    public static readonly TextShape Expression = new("a ClickHouse expression");

    public static readonly TextShape Codec = new("a codec such as `ZSTD(3)`");

    public static readonly TextShape SettingName = new("a setting's name", "^[A-Za-z_][A-Za-z0-9_.]{0,199}$");

    public static readonly TextShape File = new("a file path");

    public static readonly TextShape Address = new("an address `host:port`", @"^[^\s/:]+:\d{1,5}$|^\[[0-9A-Fa-f:.]+\]:\d{1,5}$");

    public static readonly TextShape Addresses = new("addresses `host:port`, separated by commas", @"^[^\s/,]+:\d{1,5}(,\s*[^\s/,]+:\d{1,5})*$");

    public static readonly TextShape Version = new("a version such as `25.8`", @"^\d{2}\.\d{1,2}(\.\d+)*$");
}
