using Millrace.Core.Compile;
using Millrace.Core.Drift;
using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>A view that nobody declared writes into a table of this project.</summary>
internal static class UnmanagedWriter
{
    public const string Code = "MR268";

    public static DoctorRule Rule { get; } = new(Code, "something undeclared writes into managed tables", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        from view in node.Seen.Objects.Values
        where view.Engine == "MaterializedView" && view.Target is not null && Mark.Read(view.Comment) is null
        let target = node.Seen.Objects.GetValueOrDefault(view.Target!)
        where target is not null && Mark.Read(target.Comment)?.Project == facts.Project.Name && !facts.Project.Unmanaged.Any(pattern => NamePattern.Matches(pattern, view.Name))
        orderby view.Name
        select Finding.Warning(
            Code,
            $"the view `{view.Name}` writes into `{view.Target}`",
            fix: "declare it in schema/*.sql, drop it, or list it under `unmanaged` in millrace.yaml").On(node.Node.Name);
}
