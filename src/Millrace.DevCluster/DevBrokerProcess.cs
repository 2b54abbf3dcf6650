using System.Diagnostics;
using Millrace.Embedded;
using Millrace.Engine;
using Millrace.Kafka;

namespace Millrace.DevCluster;

/// <summary>One broker of a development cluster, in a child process. Its messages are gone with the process.</summary>
/// <param name="route">Where clients reach what listens at the given address; null: there.</param>
internal sealed class DevBrokerProcess(string name, string folder, Func<string, string>? route = null) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private OwnedProcess? process;

    public string Name { get; } = name;

    /// <summary>Another one after each start: the broker's port is random.</summary>
    public string Bootstrap { get; private set; } = "";

    public bool IsRunning => process is { HasExited: false };

    public int? ProcessId => IsRunning ? process!.Id : null;

    private string AddressFile => Path.Combine(folder, "bootstrap");

    public async Task StartAsync(IEnumerable<TopicSpec> topics, CancellationToken cancel)
    {
        if (IsRunning)
            return;
        Directory.CreateDirectory(folder);
        File.Delete(AddressFile);
        process = OwnedProcess.Start(
            MillraceExecutable.Locate(),
            ["broker", "--topics", string.Join(',', topics), "--state-file", AddressFile],
            Path.Combine(folder, "process.log"));
        var address = await WaitForAddressAsync(process, cancel);
        Bootstrap = route is null ? address : route(address);
    }

    public Task KillAsync() => process is null ? Task.CompletedTask : process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    private async Task<string> WaitForAddressAsync(OwnedProcess broker, CancellationToken cancel)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            if (File.Exists(AddressFile) && await File.ReadAllTextAsync(AddressFile, cancel) is var text && text.EndsWith('\n'))
                return text.Trim();
            if (broker.HasExited || since.Elapsed > StartTimeout)
                throw new UserErrorException($"it did not start:\n{await broker.LastOutputAsync()}");
            await Task.Delay(10, cancel);
        }
    }
}
