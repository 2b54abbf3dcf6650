using Millrace.Core.Findings;
using Millrace.Engine.Journal;

namespace Millrace.Engine.Rings.Moves;

/// <summary>How old rows are moved.</summary>
/// <param name="LayersAtOnce">Layers whose rows are copied before they are switched: their copies need room on disk.</param>
/// <param name="Patience">How long queries that began before a switch are waited for.</param>
/// <param name="OlderMayWin">Older rows may replace newer ones of the same key.</param>
/// <param name="Redaction">Takes secrets out of the command line that others are shown.</param>
/// <param name="Revision">What the journal says of the project's folder.</param>
/// <param name="Wait">How long to wait while an apply is at work.</param>
/// <param name="Force">Take the lock from a runner that is stuck.</param>
public sealed record RebalanceOptions(int LayersAtOnce, TimeSpan Patience, bool OlderMayWin, Redaction Redaction, GitRevision Revision, TimeSpan Wait, bool Force);
