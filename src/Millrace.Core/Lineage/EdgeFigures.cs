namespace Millrace.Core.Lineage;

/// <summary>What goes over an edge on a live fleet.</summary>
public sealed record EdgeFigures
{
    /// <summary>Rows a second; null when it is not known.</summary>
    public double? RowsPerSecond { get; init; }

    /// <summary>Messages that wait on the broker.</summary>
    public long? Lag { get; init; }

    /// <summary>Files of rows that wait on disk to be sent.</summary>
    public long Waiting { get; init; }

    /// <summary>Failures in the last ten minutes, as far as servers keep count.</summary>
    public long Failures { get; init; }

    /// <summary>The latest failure in the server's words; empty when there is none.</summary>
    public string LastError { get; init; } = "";

    /// <summary>True when somebody should look at it.</summary>
    public bool IsTroubled => Failures > 0 || LastError.Length > 0;
}
