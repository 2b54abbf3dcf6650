namespace Millrace.Core.Model;

/// <summary>What becomes of text that the sink's table cannot take. Either way the row is recorded in the error table.</summary>
public enum TextRule
{
    /// <summary>The row is only recorded.</summary>
    Skip,

    /// <summary>The text is mended (characters replaced, the end cut off), and the row is written.</summary>
    Mend,
}
