using System.CommandLine;
using Millrace.Core.Balancer;
using Millrace.Core.Layers;
using Millrace.Engine;
using Millrace.Engine.Rollout;

namespace Millrace.Cli.Commands.Render;

/// <summary><c>millrace render haproxy</c>: the load balancer before the query layers.</summary>
internal sealed class RenderHaproxyCommand
{
    private readonly ProjectArguments project = new();
    private readonly Option<string?> output = RenderCommand.Out();
    private readonly Option<string[]> also = new("--also-ready") { Description = "A declaration that nodes may hold besides the present one; repeatable", HelpName = "HASH" };
    private readonly Option<bool> live = new("--with-live") { Description = "Also accept the declarations that nodes are ready with now: for the time of a change" };
    private readonly Option<string> user = new("--ready-user") { Description = "The ClickHouse user that asks nodes for readiness", DefaultValueFactory = _ => LayerUsersXml.ReadyUser, HelpName = "NAME" };
    private readonly Option<string> bind = new("--bind") { Description = "Address that the frontends listen on", DefaultValueFactory = _ => "*", HelpName = "ADDRESS" };
    private readonly Option<string> stats = new("--stats") { Description = "Address of the statistics page, or `none`", DefaultValueFactory = _ => "127.0.0.1:8404", HelpName = "ADDRESS" };
    private readonly Option<string> slowStart = new("--slow-start") { Description = "How long a node that came back gets less than its share", DefaultValueFactory = _ => "20s", HelpName = "TIME" };

    public static Command Create() => new RenderHaproxyCommand().Build();

    private Command Build()
    {
        var command = new Command("haproxy", "Write the configuration of HAProxy before the query layers") { output, also, live, user, bind, stats, slowStart };
        project.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace render haproxy --out /etc/haproxy/haproxy.cfg", "then `haproxy -c -f` it, and reload"),
            ("millrace render haproxy --with-live", "before an apply that changes what query nodes hold"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(project.Folder(arguments));
        if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
            return ExitCode.UserError;
        if (HaproxyConfig.Layers(declared.Fleet).IsEmpty)
            throw new UserErrorException("no query layer says how it is balanced: add  balance: { http: 8123, native: 9000 }  to a role of kind `query` in fleet.yaml");
        var held = arguments.GetValue(live) ? await new ReadyNodes(services.Connector).DeclarationsAsync(declared, cancel) : [];
        RenderCommand.Write(
            HaproxyConfig.Render(declared, new BalancerOptions
            {
                AlsoReady = [.. arguments.GetValue(also) ?? [], .. held],
                ReadyUser = arguments.GetRequiredValue(user),
                Bind = arguments.GetRequiredValue(bind),
                Stats = arguments.GetRequiredValue(stats) is var page && page == "none" ? null : page,
                SlowStart = Output.Duration.TryParse(arguments.GetRequiredValue(slowStart)) ?? throw new UserErrorException("--slow-start: a time such as 20s or 2m"),
            }),
            arguments.GetValue(output));
        return ExitCode.Ok;
    }
}
