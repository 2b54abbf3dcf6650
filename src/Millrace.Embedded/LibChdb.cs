using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Millrace.Engine;

namespace Millrace.Embedded;

/// <summary>Finds libchdb, the library that is a whole ClickHouse server.</summary>
public static class LibChdb
{
    /// <summary>Environment variable that names the library's file and overrides the search.</summary>
    public const string Variable = "MILLRACE_LIBCHDB";

    private const string FileName = "libchdb.so";

    private const int HeadBytes = 64 * 1024;

    /// <summary>The npm package that ships the library for this machine.</summary>
    public static string Package { get; } = "@chdb/lib-" + Platform();

    /// <summary>
    /// The library's path: <c>MILLRACE_LIBCHDB</c>, then <c>node_modules</c> upward from the working directory and from
    /// the executable, then the places where chdb's own installer puts it.
    /// </summary>
    /// <exception cref="UserErrorException">It is nowhere; the message says how to get it.</exception>
    public static string Locate()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
            return File.Exists(named)
                ? named
                : throw new UserErrorException($"{Variable} names {named}, which does not exist. Correct it, or unset it to search node_modules.");

        return Candidates().FirstOrDefault(File.Exists)
            ?? throw new UserErrorException(
                $"""
                libchdb was not found: the embedded ClickHouse cannot start.
                Looked for node_modules/{Package}/{FileName} in {Environment.CurrentDirectory}, in {AppContext.BaseDirectory} and in the folders above them.
                Get it with `./run setup` (or `npm ci`) in Millrace's folder, or point {Variable} at the file.
                """);
    }

    /// <summary>
    /// Tells builds of the library apart, by what is in it and not by when it was put there: copies on other machines are the same.
    /// The linker's mark of a build is on the first page; hashing all 500 MB would take longer than most plans.
    /// </summary>
    public static string Build(string library)
    {
        using var file = File.OpenRead(library);
        var head = new byte[HeadBytes];
        var read = file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        return $"{file.Length}-{Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, read)))}";
    }

    private static IEnumerable<string> Candidates() =>
        Upward(Environment.CurrentDirectory)
            .Concat(Upward(AppContext.BaseDirectory))
            .Select(folder => Path.Combine(folder, "node_modules", Package, FileName))
            .Concat([$"/usr/local/lib/{FileName}", $"/usr/lib/{FileName}"]);

    private static IEnumerable<string> Upward(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }

    private static string Platform()
    {
        var cpu = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return OperatingSystem.IsMacOS() ? $"darwin-{cpu}" : $"linux-{cpu}-gnu";
    }
}
