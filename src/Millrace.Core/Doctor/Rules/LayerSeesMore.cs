using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>A query layer that was granted certain tables has another one to read through.</summary>
internal static class LayerSeesMore
{
    public const string Code = "MR510";

    public static DoctorRule Rule { get; } = new(Code, "query layers see tables that they are not granted", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from role in facts.Project.Fleet.Roles
        where role is { Kind: RoleKind.Query, Layer.Tables.IsEmpty: false }
        from node in facts.NodesOf(role.Name)
        from shape in node.Seen.Objects.Values.OrderBy(shape => shape.Name)
        where shape.Engine is "Distributed" or "Merge" && !(shape.Name.Database == facts.Project.Database && role.MaySee(shape.Name.Name))
        select Finding.Warning(
            Code,
            $"`{shape.Name}` reads from storage, and `{role.Name}` is granted {Named.Of(role.Layer!.Tables)}",
            fix: $"drop it, or add it to `tables` of the role `{role.Name}`").On(node.Node.Name);
}
