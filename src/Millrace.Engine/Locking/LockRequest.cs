using Millrace.Core.Locking;

namespace Millrace.Engine.Locking;

/// <summary>How somebody wants the lock.</summary>
/// <param name="Wait">How long to wait while another holds it; zero refuses at once.</param>
/// <param name="Force">Take it away from a holder that is alive.</param>
/// <param name="OnWaiting">Hears once whom is waited for, and once more when a holder is found dead.</param>
public sealed record LockRequest(Holder Holder, string Apply, TimeSpan Wait, bool Force, Action<string> OnWaiting);
