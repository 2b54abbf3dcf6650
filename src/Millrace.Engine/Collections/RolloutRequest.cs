using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Journal;

namespace Millrace.Engine.Collections;

/// <summary>Whose collections to roll out, and as whom.</summary>
/// <param name="Redaction">Takes secrets out of what is written down.</param>
/// <param name="Wait">How long to wait while somebody else holds the lock.</param>
/// <param name="ForceUnlock">Take the lock away from a holder that is alive.</param>
/// <param name="OnWaiting">Hears what is waited for.</param>
public sealed record RolloutRequest(
    Project Project, Redaction Redaction, GitRevision Revision, TimeSpan Wait, bool ForceUnlock, Action<string> OnWaiting);
