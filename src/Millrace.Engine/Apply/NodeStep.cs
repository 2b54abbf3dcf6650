using System.Runtime.CompilerServices;
using Millrace.Core.Planning;

namespace Millrace.Engine.Apply;

/// <summary>One step on one of its nodes. A step is itself and no other, whatever it contains.</summary>
public sealed record NodeStep(Step Step, string Node)
{
    public bool Equals(NodeStep? other) => other is not null && ReferenceEquals(Step, other.Step) && Node == other.Node;

    public override int GetHashCode() =>
        HashCode.Combine(RuntimeHelpers.GetHashCode(Step), string.GetHashCode(Node, StringComparison.Ordinal));
}
