namespace Millrace.Core.Compile;

/// <summary>
/// The ownership mark in an object's COMMENT. It says which project and which part of it an object belongs to, so that
/// what is no longer declared can be told from what was never ours, and it lives and dies with the object.
/// </summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Owner">What declares the object, such as <c>pipelines/events</c>.</param>
public sealed record Mark(string Project, string Owner)
{
    private const string Prefix = "millrace:";

    public override string ToString() => $"{Prefix}{Project}:{Owner}";

    /// <summary>The mark at the end of a comment; null when there is none.</summary>
    public static Mark? Read(string comment)
    {
        var start = comment.LastIndexOf(Prefix, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var body = comment[(start + Prefix.Length)..];
        var colon = body.IndexOf(':', StringComparison.Ordinal);
        return colon < 1 ? null : new Mark(body[..colon], body[(colon + 1)..]);
    }
}
