using System.Diagnostics;
using Millrace.Embedded;
using Xunit;

namespace Millrace.IntegrationTests.Embedded;

/// <summary>No clickhouse binary can be had here: a script in its place shows what is started, and that it is stopped.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EngineHostTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_users_binary_is_started_as_a_server_with_the_same_configuration()
    {
        await using var node = await StartAsync();
        var config = folder.File("config.xml");
        var data = folder.File("data");
        Assert.Equal(
            $"server --config-file={config} -- --path={data} --listen_host=127.0.0.1 --tcp_port=9 --http_port=8",
            (await File.ReadAllTextAsync(folder.File("arguments"), TestContext.Current.CancellationToken)).Trim());
    }

    [Fact]
    public async Task The_users_binary_ends_when_the_input_of_the_node_closes()
    {
        var node = await StartAsync();
        var server = ServerId();
        await node.DisposeAsync();
        Assert.False(IsAlive(server));
    }

    [Fact]
    public async Task The_users_binary_ends_when_the_node_is_killed()
    {
        await using var node = await StartAsync();
        var server = ServerId();
        UnixProcess.Kill(node.Id);
        await Patience.UntilAsync(() => !IsAlive(server), () => "the server lives on");
    }

    private async Task<OwnedProcess> StartAsync()
    {
        var engine = folder.Write("clickhouse", $"#!/bin/sh\necho $$ >{folder.Path}/pid\necho \"$@\" >{folder.Path}/draft\nmv {folder.Path}/draft {folder.Path}/arguments\nexec sleep 100\n");
        File.SetUnixFileMode(engine, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = new NodeOptions { ConfigFile = folder.Write("config.xml", "<clickhouse/>"), DataFolder = folder.File("data"), TcpPort = 9, HttpPort = 8 };
        var node = OwnedProcess.Start(
            MillraceExecutable.Locate(),
            ["node", "--engine", engine, "--config", options.ConfigFile, "--path", options.DataFolder, "--tcp-port", "9", "--http-port", "8"],
            folder.File("process.log"));
        var said = "";
        await Patience.UntilAsync(
            async () =>
            {
                said = await node.LastOutputAsync();
                return File.Exists(folder.File("arguments"));
            },
            () => said);
        return node;
    }

    private int ServerId() => int.Parse(File.ReadAllText(folder.File("pid")), System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
}
