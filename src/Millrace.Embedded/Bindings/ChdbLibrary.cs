using System.Reflection;
using System.Runtime.InteropServices;

namespace Millrace.Embedded.Bindings;

/// <summary>The functions of libchdb that a node needs. The library is found by <see cref="LibChdb"/>, not by the loader.</summary>
internal static partial class ChdbLibrary
{
    private const string Name = "chdb";

    static ChdbLibrary() => NativeLibrary.SetDllImportResolver(typeof(ChdbLibrary).Assembly, Resolve);

    /// <summary>Runs <c>clickhouse local</c> with these arguments in this process and returns when its queries are done.</summary>
    [LibraryImport(Name, EntryPoint = "query_stable_v2", StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial ChdbResult* QueryStable(int count, string[] arguments);

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path) =>
        library == Name ? NativeLibrary.Load(LibChdb.Locate()) : 0;
}
