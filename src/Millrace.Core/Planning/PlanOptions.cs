using System.Collections.Immutable;

namespace Millrace.Core.Planning;

/// <summary>What the user allows beyond what is safe, by object name (with or without the database).</summary>
public sealed record PlanOptions
{
    public ImmutableHashSet<string> AllowDestroy { get; init; } = [];

    public ImmutableHashSet<string> AllowRewrite { get; init; } = [];

    /// <summary>Nodes to go on without, although they cannot be reached.</summary>
    public ImmutableHashSet<string> Without { get; init; } = [];

    public bool MayDestroy(Shapes.ObjectName name) => AllowDestroy.Contains(name.Name) || AllowDestroy.Contains(name.ToString());

    public bool MayRewrite(Shapes.ObjectName name) => AllowRewrite.Contains(name.Name) || AllowRewrite.Contains(name.ToString());
}
