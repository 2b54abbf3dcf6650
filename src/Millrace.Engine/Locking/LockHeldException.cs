using Millrace.Core.Locking;

namespace Millrace.Engine.Locking;

/// <summary>Somebody else changes the fleet right now.</summary>
public sealed class LockHeldException(LeaseState state, string place, DateTimeOffset now) : Exception(
    $"""
    another apply is at work: {state.Holder} holds the lock on {place}
    since {state.Since:yyyy-MM-dd HH:mm:ss} UTC ({(now - state.Since).TotalSeconds:0} s ago); unless renewed, its lease ends in {(state.Until - now).TotalSeconds:0} s.
    Wait for it with --wait 60s. If it is stuck, --force-unlock takes the lock away from it.
    """)
{
    public LeaseState State { get; } = state;
}
