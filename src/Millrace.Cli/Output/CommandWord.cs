namespace Millrace.Cli.Output;

/// <summary>A value as one word of a shell command that people paste.</summary>
public static class CommandWord
{
    public static string Of(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-' or ':' or '=' or ',')
            ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
