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
        Prepare(options);
        Query(options);

        // libchdb reports a failed statement on standard error only: a server that listened has left its ports behind.
        if (!File.Exists(options.PortsFile))
            throw new UserErrorException("the ClickHouse server did not start; its reason is above.");
    }

    internal static void Prepare(NodeOptions options)
    {
        if (!File.Exists(options.ConfigFile))
            throw new UserErrorException($"the config file {options.ConfigFile} does not exist.");

        if (!FreePorts.IsFree(options.ListenHost, options.TcpPort) || !FreePorts.IsFree(options.ListenHost, options.HttpPort))
            throw new UserErrorException(NodeFailure.PortTaken(options));

        Directory.CreateDirectory(options.DataFolder);
        File.Delete(options.PortsFile);
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
