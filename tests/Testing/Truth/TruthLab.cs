using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lab;

namespace Millrace.Testing.Truth;

/// <summary>Runs cases, one after the other, on one set of servers.</summary>
public sealed class TruthLab : IAsyncDisposable
{
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

    public Task<ChangeReport> CheckAsync(WorldDeclaration before, ImmutableArray<ScriptStatement> change, CancellationToken cancel) =>
        _lab.CheckScriptAsync(before, change, cancel);

    /// <summary>What the engine does with the rows of the case: without the change, with it, and with its first twin.</summary>
    public async Task<TruthAnswers> ShowAsync(TruthCase item, CancellationToken cancel) => new(
        await AnswersAsync(item, [], cancel),
        await AnswersAsync(item, item.Change, cancel),
        item.Harmless.IsEmpty ? null : await AnswersAsync(item, item.Harmless[0].Change, cancel));

    private async Task<string> AnswersAsync(TruthCase item, ImmutableArray<ScriptStatement> change, CancellationToken cancel) =>
        string.Concat(string.Concat(await _lab.ShowAsync(item.Before, item.Rows, change, item.Show, cancel))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => $"--   {line}\n"));

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    private static ImmutableArray<Finding> Loud(ImmutableArray<Finding> findings) =>
        [.. findings.Where(finding => finding.Severity > Severity.Info)];
}
