namespace Millrace.Core.Breaking;

/// <summary>How a probe's two runs differ.</summary>
public enum ProbeOutcome
{
    /// <summary>An insert that went through is refused.</summary>
    InsertFails,

    /// <summary>What could be read can no longer be read.</summary>
    ReadFails,

    /// <summary>Fewer rows arrive.</summary>
    RowsMissing,

    /// <summary>More rows arrive.</summary>
    RowsAdded,

    /// <summary>As many rows arrive, with other values.</summary>
    Values,

    /// <summary>What was stored before the change is not stored after it.</summary>
    StoredValues,
}
