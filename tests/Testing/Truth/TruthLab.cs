using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Findings;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lab;

namespace Millrace.Testing.Truth;

/// <summary>Runs cases, one after the other, on one set of servers.</summary>
public sealed class TruthLab : IAsyncDisposable
{
    /// <summary>The line between the answers without the change and those with it.</summary>
    public const string WithChange = "-- with the change:";

    private readonly ChangeLab _lab;

    private TruthLab(ChangeLab lab) => _lab = lab;

    public static async Task<TruthLab> StartAsync(ILabHost host, IEnumerable<TruthCase> cases, CancellationToken cancel) =>
        new(await ChangeLab.StartAsync(host, cancel, [.. cases.Select(item => item.Before)]));

    /// <summary>What the checker says.</summary>
    public async Task<TruthOutcome> JudgeAsync(TruthCase item, CancellationToken cancel)
    {
        var report = await _lab.CheckScriptAsync(item.Before, item.Change, cancel);
        var said = Loud(report.Findings);
        var alarms = ImmutableArray.CreateBuilder<(string, Finding)>();
        foreach (var (title, change) in item.Harmless)
            alarms.AddRange(Loud((await _lab.CheckScriptAsync(item.Before, change, cancel)).Findings).Select(finding => (title, finding)));
        return new TruthOutcome(
            item,
            [.. item.Codes.Where(code => said.All(finding => finding.Code != code))],
            said,
            alarms.ToImmutable(),
            [.. report.Refused.Select(refused => $"{refused.Fault}: {refused.Statement.Sql}")]);
    }

    /// <summary>What the engine does with the rows of the case, without and with the change.</summary>
    public async Task<string> ShowAsync(TruthCase item, CancellationToken cancel)
    {
        var text = new StringBuilder();
        foreach (var (title, change) in new[] { ("-- without the change:", []), (WithChange, item.Change) })
        {
            text.Append($"{title}\n");
            foreach (var line in string.Concat(await _lab.ShowAsync(item.Before, change, item.Show, cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                text.Append($"--   {line}\n");
        }

        return text.ToString();
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    private static ImmutableArray<Finding> Loud(ImmutableArray<Finding> findings) =>
        [.. findings.Where(finding => finding.Severity > Severity.Info)];
}
