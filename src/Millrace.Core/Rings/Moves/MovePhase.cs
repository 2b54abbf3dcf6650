namespace Millrace.Core.Rings.Moves;

/// <summary>How far a move of old rows is. A phase is written down before its work begins, and its work can be done twice.</summary>
public enum MovePhase
{
    /// <summary>Rows are copied beside the tables; nobody sees them.</summary>
    Copying = 1,

    /// <summary>Readers come to ask through masks that hide the copies.</summary>
    Masking,

    /// <summary>The copies become part of their tables, hidden.</summary>
    Attaching,

    /// <summary>Readers come to ask through masks that show the copies and hide what was copied.</summary>
    Switching,

    /// <summary>What was copied is deleted, hidden.</summary>
    Removing,

    /// <summary>Readers come to ask without masks.</summary>
    Unmasking,

    Done,

    /// <summary>The copies are taken out again, hidden.</summary>
    Undoing,

    Undone,
}
