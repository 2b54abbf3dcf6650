using Millrace.Core.Findings;

namespace Millrace.Engine.Backfill;

/// <summary>How the lock of backfills is taken.</summary>
/// <param name="Redaction">Takes secrets out of the command line that others are shown.</param>
/// <param name="Wait">How long to wait while another backfill runs.</param>
/// <param name="Force">Take it from a runner that is stuck.</param>
public sealed record BackfillLock(Redaction Redaction, TimeSpan Wait, bool Force);
