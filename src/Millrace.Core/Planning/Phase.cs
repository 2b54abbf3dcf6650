namespace Millrace.Core.Planning;

/// <summary>
/// The order of an apply across roles. Everything that views write to is widened before a view writes it and narrowed
/// after; a leg's Kafka table goes first when it leaves and comes last when it enters.
/// </summary>
public enum Phase
{
    StopLegs,
    DropViews,
    ExpandStorage,
    ExpandRead,
    ExpandWritable,
    Legs,
    ContractWritable,
    ContractRead,
    ContractStorage,
}
