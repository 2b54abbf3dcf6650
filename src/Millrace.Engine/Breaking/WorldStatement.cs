using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Breaking;

/// <summary>One CREATE statement on one role.</summary>
public sealed record WorldStatement(string Role, string Sql, SourceRef? At)
{
    /// <summary>What it creates; null when only the engine will tell.</summary>
    public ObjectName? Object { get; init; }

    /// <summary>Where its names without a database belong; null where all others of the world do.</summary>
    public string? Database { get; init; }
}
