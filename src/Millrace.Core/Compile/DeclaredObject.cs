using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Core.Compile;

/// <summary>One ClickHouse object that the declaration asks for, on one role.</summary>
public sealed record DeclaredObject
{
    public required ObjectName Name { get; init; }

    public required Placement Placement { get; init; }

    public required ObjectPurpose Purpose { get; init; }

    /// <summary>The CREATE statement, complete with its ownership mark.</summary>
    public required string CreateSql { get; init; }

    /// <summary>What declares it, such as <c>pipelines/events</c>; also the text of its mark.</summary>
    public required string Owner { get; init; }

    public SourceRef? At { get; init; }

    /// <summary>For views of a leg and of a rollup: the table they read.</summary>
    public ObjectName? Source { get; init; }

    /// <summary>For what stands between a Kafka table and several sinks: the Kafka table.</summary>
    public ObjectName? Consumer { get; init; }

    /// <summary>For Kafka tables: CREATE of the empty stand-in that views are attached to before consumption starts.</summary>
    public string? StandInSql { get; init; }

    /// <summary>A query that fails where the object would be created and then not work; null when creating tells all.</summary>
    public string? ProbeSql { get; init; }

    /// <summary>Place among the other objects of the same phase on one node; statements of <c>schema/*.sql</c> keep their order.</summary>
    public int Order { get; init; }
}
