using System.Diagnostics;
using Millrace.Core.Planning;
using Millrace.Engine.Apply;

namespace Millrace.Cli.Output;

/// <summary>One line that tells how far an apply is; failures get lines of their own as they happen.</summary>
public sealed class ApplyProgress : IApplyListener, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly TextWriter writer;
    private readonly bool live = !Console.IsErrorRedirected;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private readonly Timer timer;
    private string current = "";
    private int finished;

    public ApplyProgress(TextWriter writer, Plan plan)
    {
        this.writer = writer;
        PlanAgain(plan);
        timer = new Timer(_ => Draw(), null, Quiet, TimeSpan.FromMilliseconds(live ? 200 : 5000));
    }

    /// <summary>Steps times their nodes.</summary>
    public int Total { get; private set; }

    public int Finished => finished;

    /// <summary>Another plan is applied than was meant at first.</summary>
    public void PlanAgain(Plan plan) => Total = plan.Steps.Sum(step => step.Nodes.Length);

    public Task PhaseStartingAsync(Phase phase, IReadOnlyCollection<NodeStep> items, CancellationToken cancel)
    {
        current = PhaseWords.Of(phase);
        return Task.CompletedTask;
    }

    public void StepStarted(NodeStep item)
    {
    }

    public void StepFinished(NodeStep item, StepOutcome outcome)
    {
        Interlocked.Increment(ref finished);
        if (outcome.Result != StepResult.Failed)
            return;
        lock (gate)
        {
            Erase();
            writer.WriteLine($"failed: {item.Node}: {item.Step.Object.Name}: {outcome.Error}");
        }
    }

    public Task PhaseFinishedAsync(IReadOnlyCollection<(NodeStep Item, StepOutcome Outcome)> outcomes, CancellationToken cancel) =>
        Task.CompletedTask;

    /// <summary>Ends the live line, so that what follows starts on a clean one.</summary>
    public void Clear()
    {
        timer.Change(Timeout.Infinite, Timeout.Infinite);
        lock (gate)
            Erase();
    }

    public void Dispose() => timer.Dispose();

    private void Draw()
    {
        lock (gate)
        {
            var left = finished == 0 ? "" : $", about {watch.Elapsed.TotalSeconds * (Total - finished) / finished:0} s left";
            var line = $"{current}: {finished} of {Total} steps, {watch.Elapsed.TotalSeconds:0} s{left}";
            Erase();
            writer.Write(live ? line : line + "\n");
        }
    }

    private void Erase()
    {
        if (live)
            writer.Write("\r\u001b[K");
    }
}
