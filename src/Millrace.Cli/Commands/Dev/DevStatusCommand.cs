using System.CommandLine;
using System.Text.Json;
using Millrace.DevCluster;

namespace Millrace.Cli.Commands.Dev;

/// <summary><c>millrace dev status</c>: what runs, and whether it answers.</summary>
internal static class DevStatusCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var folder = DevCommand.Folder();
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("status", "Show the development cluster.") { folder, json };
        command.SetAction(async (arguments, cancel) =>
        {
            if (DevCommand.Client(arguments, folder).State is not { } state)
            {
                Console.Error.WriteLine("No cluster runs here. Start one:  millrace dev up");
                return ExitCode.UserError;
            }

            var answers = await PingAllAsync(state, cancel);
            Console.Write(arguments.GetValue(json) ? ToJson(state, answers) : DevTables.Render(state, n => answers[n.Name]));
            var healthy = answers.Values.All(a => a == "ok") && state.Brokers.All(b => b.ProcessId is not null) && state.Postgres is not { ProcessId: null };
            if (!healthy)
                Console.Error.WriteLine("Start what is missing:  millrace dev up");
            return healthy ? ExitCode.Ok : ExitCode.NodesFailed;
        });
        return command;
    }

    private static async Task<Dictionary<string, string>> PingAllAsync(ClusterState state, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var answers = await Task.WhenAll(state.Nodes.Select(async n => (n.Name, Answer: await PingAsync(http, n, cancel))));
        return answers.ToDictionary(a => a.Name, a => a.Answer);
    }

    private static async Task<string> PingAsync(HttpClient http, ClusterState.NodeState node, CancellationToken cancel)
    {
        if (node.ProcessId is null)
            return "stopped";
        try
        {
            using var answer = await http.GetAsync($"http://127.0.0.1:{node.Ports.Http}/ping", cancel);
            return answer.IsSuccessStatusCode ? "ok" : $"HTTP {(int)answer.StatusCode}";
        }
        catch (HttpRequestException)
        {
            return "stopped"; // It went since the supervisor looked.
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "hangs";
        }
    }

    private static string ToJson(ClusterState state, Dictionary<string, string> answers) => JsonSerializer.Serialize(
        new
        {
            Nodes = state.Nodes.Select(n => new
            {
                n.Name,
                n.Role,
                State = answers[n.Name],
                Http = $"http://127.0.0.1:{n.Ports.Http}",
                Native = $"127.0.0.1:{n.Ports.Native}",
                Pid = n.ProcessId,
                Log = n.LogFile,
            }),
            Brokers = state.Brokers.Select(b => new { b.Name, State = b.ProcessId is null ? "stopped" : "ok", b.Bootstrap, Pid = b.ProcessId }),
            Postgres = state.Postgres is { } postgres ? new { State = postgres.ProcessId is null ? "stopped" : "ok", Address = $"127.0.0.1:{postgres.Port}", Pid = postgres.ProcessId } : null,
        },
        Json) + "\n";
}
