using System.Runtime.InteropServices;
using Millrace.Embedded.Bindings;
using Millrace.Engine;

namespace Millrace.Embedded;

/// <summary>Runs a ClickHouse server inside this process until standard input closes.</summary>
public static class NodeHost
{
    /// <summary>Blocks while the server lives.</summary>
    /// <exception cref="UserErrorException">The server did not start; the message carries its reason.</exception>
    public static void Run(NodeOptions options)
    {
        using var held = Prepare(options);
        DropLogs(options);
        Query(options);

        // libchdb reports a failed statement on standard error only: a server that listened has left its ports behind.
        if (!File.Exists(options.PortsFile))
            throw new UserErrorException("the ClickHouse server did not start; its reason is above.");
    }

    /// <summary>Checks what can be checked before the start. A predecessor that is still leaving is waited for.</summary>
    internal static FolderLock Prepare(NodeOptions options)
    {
        if (!File.Exists(options.ConfigFile))
            throw new UserErrorException($"the config file {options.ConfigFile} does not exist.");

        Directory.CreateDirectory(options.DataFolder);
        var held = FolderLock.Take(options.LockFile, patience: TimeSpan.FromSeconds(10))
            ?? throw new UserErrorException($"{options.DataFolder} is in use by another node. Stop that one, or give another --path.");
        if (!FreePorts.IsFree(options.ListenHost, options.TcpPort) || !FreePorts.IsFree(options.ListenHost, options.HttpPort))
        {
            held.Dispose();
            throw new UserErrorException(NodeFailure.PortTaken(options));
        }

        File.Delete(options.PortsFile);
        return held;
    }

    /// <summary>
    /// The embedded engine keeps the database <c>system</c> in memory. After a restart it does not know the tables of its logs any
    /// more, and cannot make them anew while their folders are there.
    /// </summary>
    private static void DropLogs(NodeOptions options)
    {
        var system = new DirectoryInfo(Path.Combine(options.DataFolder, "data", "system"));
        if (system.Exists)
            system.Delete(recursive: true);
    }

    private static unsafe void Query(NodeOptions options)
    {
        var arguments = options.LocalArguments();

        // The result is not freed: the process ends here.
        var result = ChdbLibrary.QueryStable(arguments.Length, arguments);
        if (result is not null && Marshal.PtrToStringUTF8(result->Error) is { } error)
            throw new UserErrorException(NodeFailure.Explain(error, options));
    }
}
