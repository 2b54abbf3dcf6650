using Millrace.Core.Sql;

namespace Millrace.Embedded;

/// <summary>One ClickHouse server on this machine: its configuration, its data and where it listens.</summary>
public sealed record NodeOptions
{
    /// <summary>ClickHouse's config file (XML or YAML).</summary>
    public required string ConfigFile { get; init; }

    /// <summary>Folder of the server's data; created when missing.</summary>
    public required string DataFolder { get; init; }

    public string ListenHost { get; init; } = "127.0.0.1";

    /// <summary>Port of the native protocol; 0 lets the system choose (<see cref="PortsFile"/> tells which).</summary>
    public int TcpPort { get; init; }

    /// <summary>Port of HTTP; 0 lets the system choose.</summary>
    public int HttpPort { get; init; }

    /// <summary>Written by the server once it listens: HTTP port, tab, native port, newline.</summary>
    public string PortsFile => Path.Combine(DataFolder, "listening.tsv");

    /// <summary>Held by the process that serves the folder, until it is really gone.</summary>
    internal string LockFile => Path.Combine(DataFolder, "node.lock");

    /// <summary>Whether some process serves the folder now.</summary>
    public bool IsServed => FolderLock.IsHeld(LockFile);

    /// <summary>
    /// The server as a run of <c>clickhouse local</c>. The last statement reads standard input to its end, so the
    /// server lives exactly as long as whoever holds the other end of it.
    /// </summary>
    internal string[] LocalArguments() =>
    [
        "millrace-node",
        $"--config-file={ConfigFile}",
        $"--path={DataFolder}",
        $"--listen_host={ListenHost}",
        $"--tcp_port={TcpPort}",
        $"--http_port={HttpPort}",
        "--log-level=information", // It would be trace: the config file's level is not read.
        "--query=" + string.Join(
            "; ",
            "SYSTEM START LISTEN TCP",
            "SYSTEM START LISTEN HTTP",
            $"SELECT getServerPort('http_port'), getServerPort('tcp_port') INTO OUTFILE {Quote.Text(PortsFile)} TRUNCATE FORMAT TSV",
            "SELECT count() FROM file('/dev/stdin', 'LineAsString') FORMAT Null"),
    ];

    /// <summary>The same server as arguments of <c>clickhouse server</c>, which cannot choose its ports.</summary>
    internal string[] ServerArguments() =>
    [
        "server",
        $"--config-file={ConfigFile}",
        "--",
        $"--path={DataFolder}",
        $"--listen_host={ListenHost}",
        $"--tcp_port={TcpPort}",
        $"--http_port={HttpPort}",
    ];
}
