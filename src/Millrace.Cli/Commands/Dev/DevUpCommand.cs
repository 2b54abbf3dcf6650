using System.CommandLine;
using System.Diagnostics;
using Millrace.Cli.Output;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Kafka;

namespace Millrace.Cli.Commands.Dev;

/// <summary><c>millrace dev up</c>: starts a development cluster in the background, or finds it.</summary>
internal sealed class DevUpCommand
{
    /// <summary>Nodes count up from here: HTTP 18001, 18002, ..., native 19001, 19002, ...</summary>
    private const int FirstPort = 18001;

    private readonly Option<string[]> storage = Nodes("--storage", "data", 2);
    private readonly Option<string[]> ingestion = Nodes("--ingestion", "events", 2);
    private readonly Option<string[]> query = Nodes("--query", "query", 1);
    private readonly Option<string[]> topics = new("--topic") { Description = "a topic to create on every broker; repeatable", HelpName = "NAME:PARTITIONS" };
    private readonly Option<string?> brokers = new("--brokers") { Description = "names of the brokers [default: msk]", HelpName = "NAME,..." };
    private readonly Option<string?> password = new("--password-env") { Description = "environment variable with a password for the user `millrace`", HelpName = "NAME" };
    private readonly Option<bool> newPorts = new("--new-ports") { Description = "forget the ports of an earlier cluster in this folder" };
    private readonly Option<bool> haproxy = new("--haproxy") { Description = "put a load balancer (HAProxy) before the query layers" };
    private readonly Option<bool> postgres = new("--postgres") { Description = "a PostgreSQL beside the nodes, as the connection `main`" };
    private readonly Option<string> folder = DevCommand.Folder();

    public static Command Create() => new DevUpCommand().Build();

    private Command Build()
    {
        var command = new Command("up", "Start a development cluster, or find the one that runs.")
        {
            storage, ingestion, query, topics, brokers, password, newPorts, haproxy, postgres, folder,
        };
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace dev up --topic events:8", "two storage, two ingestion, one query node, and fleet.yaml"),
            ("millrace dev up --ingestion events=2 --ingestion small=1", "two ingestion roles"),
            ("millrace dev up --brokers msk,warpstream", "two brokers"),
            ("millrace dev up --postgres", "a database to upsert into"),
            ("millrace dev up --query dashboards=2 --query monitoring=1 --haproxy", "two query layers behind a load balancer"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var client = DevCommand.Client(arguments, folder);
        var progress = new DevProgress(Console.Error, client.State);
        var layers = new DevLayers(Environment.CurrentDirectory, arguments.GetRequiredValue(folder));
        layers.WriteAccess(SaysShape(arguments) ? Spec(arguments) : client.LastSpec ?? Spec(arguments));
        var up = await client.UpAsync(Spec(arguments), SaysShape(arguments), arguments.GetValue(newPorts), progress.Show, cancel);
        var balanced = arguments.GetValue(haproxy) || layers.HasBalancer;
        var fleet = layers.Over(up.Fleet, balanced, FleetFile.NameIn(Environment.CurrentDirectory) != FleetFile.Usual);
        var fleetFile = FleetFile.Write(Environment.CurrentDirectory, fleet, up.Spec.PasswordVariable, Path.GetRelativePath(Environment.CurrentDirectory, client.PostgresPasswordFile));
        var frontends = balanced ? layers.WriteBalancer(fleet) : [];

        Console.Write(DevTables.Addresses(up.State));
        if (frontends.Count > 0)
            Console.Write("\n" + DevTables.Frontends(frontends));
        Console.WriteLine();
        Console.WriteLine(up.WasRunning ? "It was running." : $"Ready in {watch.Elapsed.TotalSeconds:0.0} s.");
        Console.WriteLine(fleetFile == FleetFile.Usual
            ? "Wrote fleet.yaml. Next:  millrace plan"
            : $"Wrote {fleetFile}, because the fleet.yaml here is yours.");
        return ExitCode.Ok;
    }

    /// <summary>False when the user said nothing about the cluster's shape: then the one that was here last will do.</summary>
    private bool SaysShape(ParseResult arguments)
    {
        Option[] shape = [storage, ingestion, query, topics, brokers, password, postgres];
        return shape.Any(o => arguments.GetResult(o) is { Implicit: false });
    }

    private DevClusterSpec Spec(ParseResult arguments)
    {
        var spec = DevClusterSpec.Default with
        {
            Roles =
            [
                .. Roles(arguments, storage, RoleKind.Storage, "data"),
                .. Roles(arguments, ingestion, RoleKind.Ingestion, "events"),
                .. Roles(arguments, query, RoleKind.Query, "query"),
            ],
            Topics = [.. (arguments.GetValue(topics) ?? []).Select(TopicSpec.Parse)],
            Postgres = arguments.GetValue(postgres),
            FirstPort = FirstPort,
        };
        if (arguments.GetValue(brokers) is { } names)
            spec = spec with { Brokers = [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] };
        return arguments.GetValue(password) is { } variable ? spec.WithPasswordFrom(variable) : spec;
    }

    private static IEnumerable<DevRole> Roles(ParseResult arguments, Option<string[]> option, RoleKind kind, string defaultName)
    {
        var texts = arguments.GetValue(option) ?? [];
        return texts.Length == 0
            ? DevClusterSpec.Default.Roles.Where(r => r.Kind == kind)
            : texts.Select(t => DevRole.Parse(t, kind, defaultName));
    }

    private static Option<string[]> Nodes(string name, string role, int count) => new(name)
    {
        Description = $"number of nodes of role `{role}`, or ROLE=N, repeatable [default: {count}]",
        HelpName = "N",
    };
}
