using Millrace.Core.Rings.Moves;
using Millrace.Engine.Rings.Moves;

namespace Millrace.Cli.Commands.Rings;

/// <summary>Says on standard error how old rows come along.</summary>
internal sealed class MoveProgress(TextWriter output) : IMoveListener
{
    public void PhaseBegun(RingMove move, MovePhase phase) => output.WriteLine($"layers {string.Join(", ", move.Layers)}: {Words(phase)}");

    public void Note(string text) => output.WriteLine($"  {text}");

    private static string Words(MovePhase phase) => phase switch
    {
        MovePhase.Copying => "copying their rows",
        MovePhase.Masking => "readers ask through masks that hide the copies",
        MovePhase.Attaching => "the copies become part of their tables, hidden",
        MovePhase.Switching => "readers see the copies instead of what was copied",
        MovePhase.Removing => "deleting what was copied, hidden",
        MovePhase.Unmasking => "readers ask without masks",
        MovePhase.Undoing => "taking it back",
        _ => phase.ToString(),
    };
}
