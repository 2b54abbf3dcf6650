using Millrace.Core.Rings.Moves;

namespace Millrace.Engine.Rings.Moves;

/// <summary>Hears how a move of old rows goes on.</summary>
public interface IMoveListener
{
    void PhaseBegun(RingMove move, MovePhase phase);

    void Note(string text);
}
