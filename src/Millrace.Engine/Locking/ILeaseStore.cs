using Millrace.Core.Locking;

namespace Millrace.Engine.Locking;

/// <summary>
/// Keeps the generations of a lock. Each is written once and never changed: whoever adds generation n+1 after having
/// seen n takes, renews or gives back the lock, and for everybody else who saw n the same addition fails.
/// </summary>
public interface ILeaseStore
{
    /// <summary>Where it is, in words.</summary>
    string Place { get; }

    Task<LeaseView> ReadAsync(CancellationToken cancel);

    /// <summary>
    /// Adds a generation unless it is there. Whether it did is told by reading: the answer to an addition can be lost,
    /// and an addition of long ago may find its number free again.
    /// </summary>
    Task AddAsync(long generation, LeaseState state, CancellationToken cancel);

    /// <summary>Deletes generations that are not the highest.</summary>
    Task ForgetAsync(IReadOnlyCollection<long> generations, CancellationToken cancel);
}
