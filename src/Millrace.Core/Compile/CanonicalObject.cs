using Millrace.Core.Shapes;

namespace Millrace.Core.Compile;

/// <summary>A declared object together with the shape that a real engine gave it in the lab.</summary>
public sealed record CanonicalObject(DeclaredObject Declared, ObjectShape Shape)
{
    public ObjectName Name => Declared.Name;
}
