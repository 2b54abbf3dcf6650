using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>What must be on a node after a step; a null shape means that the object must be gone.</summary>
public sealed record Expectation(ObjectName Name, ObjectShape? Shape);
