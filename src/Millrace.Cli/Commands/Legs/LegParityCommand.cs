using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Legs;
using Millrace.Engine;
using Millrace.Engine.Legs;
using Millrace.Kafka;

namespace Millrace.Cli.Commands.Legs;

/// <summary><c>millrace leg parity</c>: two legs event by event against the data table. Changes nothing.</summary>
public static class LegParityCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var (project, choice, parity, json) = (new ProjectArguments(), new LegChoice(), new ParityOptions(), ProjectOptions.Json());
        var command = new Command("parity", "Look for the latest events of two legs in the data table, by their id") { json };
        choice.AddTo(command);
        parity.AddTo(command);
        project.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(project.Folder(arguments));
            if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
                return ExitCode.UserError;
            var (pipeline, oldLeg, newLeg) = choice.Find(declared, arguments);
            var topics = new TopicSource();
            var read = await new LegReader(services.Connector, topics).ReadAsync(declared, [pipeline], Interval, cancel);
            var (old, @new) = LegChoice.Pick(read, oldLeg, newLeg);
            if (new[] { old, @new }.FirstOrDefault(leg => !leg.Now.IsKnown) is { } silent)
                throw new UserErrorException($"leg `{silent.Leg.Name}`: {silent.Now.Trouble}");
            var compared = await new ParityReader(services.Connector, topics)
                .CompareAsync(declared, pipeline, old, @new, parity.Id(arguments), parity.Messages(arguments), cancel);
            if (!compared.IsKnown)
                throw new UserErrorException(compared.Trouble);
            if (arguments.GetValue(json))
                Console.Out.WriteLine(LegJson.Parity(pipeline.Name, oldLeg, newLeg, compared));
            else
                Console.Out.Write(LegText.Parity(oldLeg, newLeg, compared));
            return compared.NothingMissing ? ExitCode.Ok : ExitCode.UserError;
        });
        return command.WithExamples(
            ("millrace leg parity --to warpstream", "the last 10,000 messages of each leg"),
            ("millrace leg parity --to warpstream --id event_uuid --messages 100000", "by another column, over a longer window"));
    }
}
