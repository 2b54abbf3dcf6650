namespace Millrace.Core.Breaking;

/// <summary>Where the engine turns a value of one type into one of another by itself.</summary>
public enum ConversionKind
{
    /// <summary>A view's output into its target.</summary>
    Push,

    /// <summary>A view's output into the column list that the view got when it was made.</summary>
    Header,

    /// <summary>A proxy's column into the table behind it.</summary>
    Write,

    /// <summary>The table behind a proxy into the proxy's column, when it is read.</summary>
    Read,

    /// <summary>A default expression into its column.</summary>
    Default,

    /// <summary>Stored values into the new type of their column.</summary>
    Stored,

    /// <summary>Messages, written for the former type of a column, into its new type.</summary>
    Message,
}
