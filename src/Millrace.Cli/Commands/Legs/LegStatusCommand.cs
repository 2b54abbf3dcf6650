using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Engine;
using Millrace.Engine.Legs;
using Millrace.Kafka;

namespace Millrace.Cli.Commands.Legs;

/// <summary><c>millrace leg status</c>: lag, speed and every partition of the legs, side by side. Changes nothing.</summary>
public static class LegStatusCommand
{
    public static Command Create()
    {
        var project = new ProjectArguments();
        var json = ProjectOptions.Json();
        var name = new Argument<string?>("pipeline") { Description = "Only this pipeline", Arity = ArgumentArity.ZeroOrOne };
        var interval = new Option<double>("--interval")
        {
            Description = "Seconds between two looks; rates are measured over them", DefaultValueFactory = _ => 5, HelpName = "SECONDS",
        };
        interval.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 3600))
                result.AddError("--interval takes seconds from 0.1 to 3600");
        });
        var command = new Command("status", "Show lag, speed and every partition of the legs, side by side") { name, interval, json };
        project.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(project.Folder(arguments));
            if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
                return ExitCode.UserError;
            var wanted = arguments.GetValue(name);
            var pipelines = declared.Pipelines.Where(p => wanted is null || p.Name == wanted).ToList();
            if (pipelines.Count == 0)
                throw new UserErrorException($"there is no pipeline `{wanted}`: {string.Join(", ", declared.Pipelines.Select(p => p.Name))}");
            var legs = await new LegReader(services.Connector, new TopicSource())
                .ReadAsync(declared, pipelines, TimeSpan.FromSeconds(arguments.GetValue(interval)), cancel);
            if (arguments.GetValue(json))
                Console.Out.WriteLine(LegJson.Status(legs));
            else
                Console.Out.Write(LegText.Status(legs));
            return legs.All(leg => leg.Now.IsKnown) ? ExitCode.Ok : ExitCode.NodesFailed;
        });
        return command.WithExamples(
            ("millrace leg status", "the legs of all pipelines"),
            ("millrace leg status events --interval 10", "one pipeline, rates over ten seconds"),
            ("millrace leg status --json | jq '.legs[] | {leg, lag}'", "for machines"));
    }
}
