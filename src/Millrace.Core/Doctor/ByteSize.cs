namespace Millrace.Core.Doctor;

/// <summary>Bytes in the largest fitting unit: <c>17 KiB</c>.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static string Of(long bytes)
    {
        double size = bytes;
        var unit = 0;
        for (; size >= 1024 && unit < Units.Length - 1; unit++)
            size /= 1024;
        return $"{size:0.#} {Units[unit]}";
    }
}
