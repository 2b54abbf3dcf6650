namespace Millrace.Core.Drift;

/// <summary>How an object on a node departs from the declaration.</summary>
public enum DriftKind
{
    Missing,

    /// <summary>There, with another definition.</summary>
    Differs,

    /// <summary>There with this project's mark, and not declared any more.</summary>
    Undeclared,
}
