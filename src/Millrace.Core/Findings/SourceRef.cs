namespace Millrace.Core.Findings;

/// <summary>A place in the user's project. Line and column count from 1; 0 means the whole file.</summary>
/// <param name="File">Path relative to the project folder, with forward slashes.</param>
/// <param name="Length">Characters of the line that are meant, from the column on; 0 when not known.</param>
public sealed record SourceRef(string File, int Line = 0, int Column = 0, int Length = 0)
{
    public override string ToString() =>
        Line == 0 ? File : Column == 0 ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
}
