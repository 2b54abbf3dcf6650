namespace Millrace.Cli.Output;

/// <summary>How a graph is shown.</summary>
public enum LineageFormat
{
    Tree,
    Mermaid,
    Dot,
    Json,
    Html,
}
