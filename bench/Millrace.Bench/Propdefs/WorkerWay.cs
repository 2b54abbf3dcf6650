namespace Millrace.Bench.Propdefs;

/// <summary>A service as one would write it by hand: <see cref="PropertyWorker"/>, one process that reads every partition.</summary>
internal sealed class WorkerWay(PropdefsCluster cluster, string name, string summary) : IWay
{
    private PropertyWorker? worker;
    private Task run = Task.CompletedTask;

    public string Name => name;

    public string Summary => summary;

    public IReadOnlyList<(string Topic, string Group)> Reads => [(PropdefsCluster.Events, name)];

    public Task StartAsync(CancellationToken cancel)
    {
        worker = new PropertyWorker(cluster.Broker, cluster.Postgres, PropdefsCluster.Events, name, name);
        run = Task.Run(() => worker.RunAsync(cancel), cancel);
        return Task.CompletedTask;
    }

    public async Task<bool> HasBegunAsync(CancellationToken cancel)
    {
        if (run.IsFaulted)
            await run;
        return worker!.Messages > 0;
    }

    public Task StopAsync(CancellationToken cancel)
    {
        worker!.Stop();
        return run;
    }
}
