namespace Millrace.Engine.Discover;

/// <summary>Codes of what can be wrong with discovered nodes.</summary>
internal static class DiscoveryCodes
{
    public const string ClusterUnknown = "MR140";
    public const string HostSilent = "MR141";
    public const string NoRoleMacro = "MR142";
    public const string UndeclaredRole = "MR143";
    public const string RoleWithoutNodes = "MR144";
    public const string SharedAddress = "MR145";
}
