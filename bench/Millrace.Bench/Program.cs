using System.Text.Encodings.Web;
using System.Text.Json;
using Millrace.Bench;
using Millrace.Bench.Planning;

// millrace bench: figures that others can repeat. With --json, standard output is one line of JSON and the tables go to
// standard error; without it, the tables come first and the same line last.
if (args is [SimulatedFleetProcess.Command, .. var fleet])
    return await SimulatedFleetProcess.RunAsync(fleet);

var json = args.Contains("--json");
var names = args.Where(arg => arg != "--json").ToArray();
if (names is not [var name] || BenchList.All.FirstOrDefault(b => b.Name == name) is not { } bench)
{
    Console.Error.WriteLine("usage: dotnet run --project bench/Millrace.Bench -c Release -- NAME [--json]");
    foreach (var known in BenchList.All)
        Console.Error.WriteLine($"  {known.Name,-10} {known.Summary}");
    return 1;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var figures = await bench.RunAsync(json ? Console.Error : Console.Out, stop.Token);
Console.Out.WriteLine(figures.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
return 0;
