using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>Where an object stands in the order of an apply, by purpose, or by engine for hand-written schema.</summary>
internal static class PhaseOf
{
    public static Phase Expand(ObjectPurpose purpose, string engine, RoleKind role) => purpose switch
    {
        ObjectPurpose.DataTable => Phase.ExpandStorage,
        ObjectPurpose.ReadTable or ObjectPurpose.MergeView => Phase.ExpandRead,
        ObjectPurpose.WritableTable or ObjectPurpose.SinkTable => Phase.ExpandWritable,
        ObjectPurpose.KafkaTable or ObjectPurpose.LegView or ObjectPurpose.StreamTable or ObjectPurpose.StreamView or ObjectPurpose.RollupView => Phase.Legs,
        ObjectPurpose.Ready => Phase.Ready,
        _ => Expand(engine, role),
    };

    /// <summary>What views write to leaves after the views, whatever its engine.</summary>
    public static Phase Contract(ObjectShape shape, RoleKind role) =>
        (EngineTraits.IsDoor(shape) || shape.Engine == "Null") && role == RoleKind.Ingestion ? Phase.ContractWritable : Contract(shape.Engine, role);

    public static Phase Contract(string engine, RoleKind role) => engine switch
    {
        "Kafka" => Phase.StopLegs,
        "MaterializedView" => Phase.DropViews,
        "Distributed" => role == RoleKind.Ingestion ? Phase.ContractWritable : Phase.ContractRead,
        "View" or "Dictionary" => Phase.ContractRead,
        _ => Phase.ContractStorage,
    };

    private static Phase Expand(string engine, RoleKind role) => engine switch
    {
        "Kafka" or "MaterializedView" => Phase.Legs,
        "Distributed" => role == RoleKind.Ingestion ? Phase.ExpandWritable : Phase.ExpandRead,
        "View" => Phase.ExpandRead,
        _ => Phase.ExpandStorage,
    };
}
