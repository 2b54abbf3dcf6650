using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>Something no longer declared that keeps its rows until the user names it in <c>--allow-destroy</c>.</summary>
/// <param name="What">Such as <c>table</c> or <c>column amount</c>.</param>
public sealed record HeldBack(ObjectName Object, string What, ImmutableArray<string> Nodes);
