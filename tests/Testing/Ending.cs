namespace Millrace.Testing;

/// <summary>How a scripted answer ends.</summary>
public enum Ending
{
    /// <summary>As the protocol wants it.</summary>
    Whole,

    /// <summary>The connection closes in the middle of the announced body.</summary>
    Cut,

    /// <summary>Headers and body are sent, and then nothing, for ever.</summary>
    Hang,

    /// <summary>The connection closes before any byte of an answer.</summary>
    NoAnswer,

    /// <summary>No length is announced; the end of the connection is the end of the body (HTTP/1.0).</summary>
    CloseDelimited,
}
