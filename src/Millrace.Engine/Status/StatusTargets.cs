using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Status;

/// <summary>What a status looks at: the declared objects, by node.</summary>
internal sealed class StatusTargets(Project project)
{
    private readonly ImmutableArray<DeclaredObject> _objects = Compiler.Compile(project);

    public static bool IsErrorData(DeclaredObject o) =>
        o.Purpose == ObjectPurpose.DataTable && o.Owner.StartsWith("errors/", StringComparison.Ordinal);

    /// <summary>Each object once: pipelines may share an error table.</summary>
    public ImmutableArray<DeclaredObject> On(Node node) => [.. _objects.Where(o => o.Placement.Includes(node)).DistinctBy(o => o.Name)];

    /// <summary>Error tables as people query them, with the local table and the nodes that hold it.</summary>
    public IEnumerable<ErrorTable> ErrorTables()
    {
        var naming = new Naming(project);
        return _objects.Where(IsErrorData).Select(data => new ErrorTable(Read(data), data.Name, data.Placement));

        ObjectName Read(DeclaredObject data) => naming.ErrorRead(
            project.Pipelines.Select(p => p.Errors).First(errors => data.Owner == $"errors/{errors.Table}"));
    }
}
