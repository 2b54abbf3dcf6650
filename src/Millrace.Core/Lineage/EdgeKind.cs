namespace Millrace.Core.Lineage;

/// <summary>In which way one thing depends on another.</summary>
public enum EdgeKind
{
    /// <summary>An insert into the one is pushed through the other at once.</summary>
    Trigger,

    /// <summary>Values go over as they are or through expressions.</summary>
    Direct,

    /// <summary>Values decide which rows there are, and how they are grouped, and go nowhere themselves.</summary>
    Indirect,

    /// <summary>Values are looked up: the right side of a view's join, a dictionary; a change of them triggers nothing.</summary>
    Lookup,

    /// <summary>Rows go to or come from other servers.</summary>
    Remote,
}
