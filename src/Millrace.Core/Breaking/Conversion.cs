namespace Millrace.Core.Breaking;

/// <summary>One value that changes its type without anybody asking for it.</summary>
/// <param name="By">The object that converts: the view, the proxy or the table.</param>
/// <param name="From">Where the value comes from; null when it is computed.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Column">Its name at the end.</param>
public sealed record Conversion(ObjectState By, ObjectRef? From, ObjectRef To, string Column, TypePath Path)
{
    public ConversionKind Kind => Path.Kind;

    /// <summary>The same place in two worlds.</summary>
    public (ObjectRef By, ObjectRef To, string Column, ConversionKind Kind) Place => (By.Ref, To, Column, Kind);
}
