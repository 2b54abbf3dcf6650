namespace Millrace.Engine.Breaking;

/// <summary>A value in a finding: short, and there to be seen when it is empty.</summary>
internal static class ShownValue
{
    private const int Longest = 60;

    public static string Of(string value) => value.Length == 0 ? "''" : value.Length > Longest ? value[..Longest] + "..." : value;
}
