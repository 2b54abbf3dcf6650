using System.CommandLine;
using Millrace.Kafka;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace broker</c>: a Kafka broker for development that lives as long as its standard input is open.</summary>
public static class BrokerCommand
{
    public static Command Create()
    {
        var topics = new Option<string>("--topics") { Description = "topics to create, NAME:PARTITIONS,...", DefaultValueFactory = _ => "", HelpName = "LIST" };
        var stateFile = new Option<string?>("--state-file") { Description = "also write the address to this file", HelpName = "FILE" };

        var command = new Command("broker", "Run a Kafka broker for development until standard input closes.") { topics, stateFile };
        command.SetAction(arguments =>
        {
            var specs = arguments.GetRequiredValue(topics).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(TopicSpec.Parse);
            using var broker = DevBroker.Start([.. specs]);
            if (arguments.GetValue(stateFile) is { } file)
                File.WriteAllText(file, broker.Bootstrap + '\n');
            Console.WriteLine(broker.Bootstrap);

            using var input = Console.OpenStandardInput();
            input.CopyTo(Stream.Null);
            return ExitCode.Ok;
        });
        return command.WithExamples(
            ("millrace broker --topics events:8,clicks:4", "ends when its standard input does"));
    }
}
