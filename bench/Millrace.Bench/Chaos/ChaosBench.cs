using System.Text.Json.Nodes;

namespace Millrace.Bench.Chaos;

/// <summary>Faults at random under steady load, and then the question that counts: is every event there, once?</summary>
public sealed class ChaosBench(ChaosOptions options) : IBench
{
    private ChaosOutcome? outcome;

    public string Name => "chaos";

    public string Summary => "rows lost, duplicated and seconds to recover under random faults [--rounds N --seed S --background-inserts]";

    public IBench With(IReadOnlyList<string> options) => new ChaosBench(ChaosOptions.Parse(options));

    public bool Holds(JsonObject figures) => outcome?.Holds(options.BackgroundInserts) == true;

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("millrace-chaos-").FullName;
        try
        {
            outcome = await ChaosRun.RunAsync(options, FaultDeck.AllKinds, folder, report, cancel);
            return outcome.ToJson();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
