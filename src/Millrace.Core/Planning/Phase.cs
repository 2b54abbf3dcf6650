namespace Millrace.Core.Planning;

/// <summary>
/// The order of an apply across roles. Everything that views write to is widened before a view writes it and narrowed
/// after; a leg's Kafka table goes first when it leaves and comes last when it enters.
/// </summary>
public enum Phase
{
    /// <summary>Nodes that will lack something for a while say so first.</summary>
    NotReady,
    StopLegs,
    DropViews,
    Databases,
    ExpandStorage,
    ExpandRead,
    ExpandWritable,
    Legs,
    ContractWritable,
    ContractRead,
    ContractStorage,

    /// <summary>Nodes that have everything say so last.</summary>
    Ready,
}
