using System.Runtime.InteropServices;

namespace Millrace.Embedded.Bindings;

/// <summary>libchdb's <c>local_result_v2</c>: what a run of <c>clickhouse local</c> left behind.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ChdbResult
{
    public nint Buffer;
    public nuint Length;
    public nint Vector;
    public double ElapsedSeconds;
    public ulong Rows;
    public ulong Bytes;

    /// <summary>UTF-8, zero-terminated; null when all went well.</summary>
    public nint Error;
}
