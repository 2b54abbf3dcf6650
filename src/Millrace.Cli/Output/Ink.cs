namespace Millrace.Cli.Output;

/// <summary>The few colours that output uses, by their terminal codes; each means one thing everywhere.</summary>
public enum Ink
{
    /// <summary>What stands out without being good or bad.</summary>
    Bold = 1,

    /// <summary>What is only context.</summary>
    Dim = 2,

    /// <summary>Errors, and what destroys.</summary>
    Red = 31,

    /// <summary>Done, safe.</summary>
    Green = 32,

    /// <summary>Warnings, and what pauses.</summary>
    Yellow = 33,

    /// <summary>What can be done next.</summary>
    Cyan = 36,
}
