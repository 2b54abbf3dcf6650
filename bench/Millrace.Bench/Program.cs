using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Millrace.Bench;
using Millrace.Bench.Planning;
using Millrace.Engine;

// millrace bench: figures that others can repeat. With --json, standard output is one line of JSON and the tables go to
// standard error; without it, the tables come first and the same line last.
if (args is [SimulatedFleetProcess.Command, .. var fleet])
    return await SimulatedFleetProcess.RunAsync(fleet);

var json = args.Contains("--json");
var words = args.Where(arg => arg != "--json").ToArray();
if (words is not [var name, .. var options] || BenchList.All.FirstOrDefault(b => b.Name == name) is not { } known)
{
    Console.Error.WriteLine("usage: dotnet run --project bench/Millrace.Bench -c Release -- NAME [OPTIONS] [--json]");
    foreach (var listed in BenchList.All)
        Console.Error.WriteLine($"  {listed.Name,-10} {listed.Summary}");
    return 1;
}

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var bench = known.With(options);
    var figures = await bench.RunAsync(json ? Console.Error : Console.Out, stop.Token);
    Console.Out.WriteLine(figures.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    return bench.Holds(figures) ? 0 : 1;
}
catch (UserErrorException error)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("interrupted");
    return 1;
}
