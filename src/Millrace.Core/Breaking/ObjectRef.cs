using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>One object on the nodes of one role: objects of one name on two roles are two objects.</summary>
public sealed record ObjectRef(string Role, ObjectName Name) : IComparable<ObjectRef>
{
    public int CompareTo(ObjectRef? other)
    {
        var byRole = string.CompareOrdinal(Role, other?.Role);
        return byRole != 0 ? byRole : Name.CompareTo(other?.Name);
    }

    public override string ToString() => Name.ToString();
}
