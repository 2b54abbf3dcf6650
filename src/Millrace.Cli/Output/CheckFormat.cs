namespace Millrace.Cli.Output;

/// <summary>For whom a check is written.</summary>
public enum CheckFormat
{
    /// <summary>People at a terminal.</summary>
    Text,

    /// <summary>Programs: one document.</summary>
    Json,

    /// <summary>Code scanning services: SARIF 2.1.0.</summary>
    Sarif,

    /// <summary>GitHub Actions: annotations on the lines of a pull request.</summary>
    Github,

    /// <summary>A comment on a pull request.</summary>
    Markdown,
}
