namespace Millrace.Core.Model;

/// <summary>Which value of a column wins, within a block of rows and against the one that is stored.</summary>
public enum UpdateRule
{
    /// <summary>The value of the latest message.</summary>
    Latest,

    /// <summary>The greatest value.</summary>
    Max,

    /// <summary>The least value.</summary>
    Min,
}
