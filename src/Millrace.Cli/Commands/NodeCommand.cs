using System.CommandLine;
using Millrace.Embedded;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace node</c>: one ClickHouse server that lives as long as its standard input is open.</summary>
public static class NodeCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "ClickHouse's config file", Required = true, HelpName = "FILE" };
        var path = new Option<string>("--path") { Description = "folder of the server's data", Required = true, HelpName = "DIR" };
        var listen = new Option<string>("--listen") { Description = "address to listen on", DefaultValueFactory = _ => "127.0.0.1", HelpName = "HOST" };
        var tcp = new Option<int>("--tcp-port") { Description = "port of the native protocol; 0 chooses one", HelpName = "PORT" };
        var http = new Option<int>("--http-port") { Description = "port of HTTP; 0 chooses one", HelpName = "PORT" };
        var engine = new Option<string?>("--engine") { Description = "run this clickhouse binary instead of the embedded one", HelpName = "PATH" };

        var command = new Command("node", "Run one ClickHouse server until standard input closes.") { config, path, listen, tcp, http, engine };
        command.SetAction(arguments =>
        {
            var options = new NodeOptions
            {
                ConfigFile = Path.GetFullPath(arguments.GetRequiredValue(config)),
                DataFolder = Path.GetFullPath(arguments.GetRequiredValue(path)),
                ListenHost = arguments.GetRequiredValue(listen),
                TcpPort = arguments.GetValue(tcp),
                HttpPort = arguments.GetValue(http),
            };
            if (arguments.GetValue(engine) is { } binary)
                return EngineHost.Run(binary, options);

            NodeHost.Run(options);
            return ExitCode.Ok;
        });
        return command.WithExamples(
            ("millrace node --config node.xml --path data --http-port 8123", "ends when its standard input does"));
    }
}
