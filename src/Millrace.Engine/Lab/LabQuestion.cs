using Millrace.Core.Compile;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Lab;

/// <summary>One role, and how much of it only a lab can tell.</summary>
/// <param name="Asked">What a lab has to create: the objects without an answer, and those that they mention.</param>
/// <param name="Answers">What is known already.</param>
/// <param name="Keys">Under which each object's answer is kept.</param>
internal sealed record LabQuestion(
    RoleDeclaration Role, RoleDeclaration Asked, Dictionary<ObjectName, CanonicalObject> Answers, Dictionary<ObjectName, string> Keys)
{
    public bool IsAnswered => Asked.Objects.IsEmpty && Asked.Statements.IsEmpty;
}
