using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;

namespace Millrace.Engine.Breaking;

/// <summary>Finds the statement after which something that a probe saw is seen first: the world is made anew, and probed after each statement.</summary>
internal sealed class Culprits(Rigs rigs, WorldProbe probe, WorldDeclaration declared, ImmutableArray<ScriptStatement> change)
{
    private const int MostStatements = 20;

    /// <summary>True for several statements, and not so many that each can be tried.</summary>
    public static bool MayBeIn(ImmutableArray<ScriptStatement> change) => change.Length is > 1 and <= MostStatements;

    /// <returns>The differences with the statement to blame, where one of them is it.</returns>
    public async Task<ImmutableArray<ProbeDifference>> NameAsync(ProbeRun run, ImmutableArray<ProbeDifference> differences, CancellationToken cancel)
    {
        var places = new Dictionary<(ProbeOutcome, ObjectRef, string?), SourceRef>();
        await rigs.LoadAsync(declared, cancel);
        World? known = null;
        foreach (var statement in change)
        {
            await new ChangeScript([statement], rigs).RepeatAsync(cancel);
            known = await rigs.ReadAsync(declared, known, cancel);
            foreach (var difference in (await probe.CompareAsync(run, known, cancel)).Differences)
                places.TryAdd(Key(difference), statement.At);
            if (differences.All(difference => places.ContainsKey(Key(difference))))
                break;
        }

        return [.. differences.Select(difference => difference with { At = places.GetValueOrDefault(Key(difference)) })];
    }

    private static (ProbeOutcome, ObjectRef, string?) Key(ProbeDifference difference) => (difference.Outcome, difference.Where, difference.Column);
}
