namespace Millrace.Core.Doctor;

/// <summary>A setting as a profile resolves it.</summary>
/// <param name="IsPinned">True when a profile says it; false when it is the server's default, which may change with its version.</param>
public sealed record SettingValue(string Value, bool IsPinned)
{
    public bool IsOn => Value is not ("0" or "false" or "");
}
