namespace Millrace.Core.Backfill;

/// <summary>How much a backfill may ask of the fleet.</summary>
public sealed record BackfillLimits
{
    public CutMode Cut { get; init; } = CutMode.Auto;

    /// <summary>With <see cref="CutMode.IngestTime"/>: the column of the source that has the time of arrival.</summary>
    public string? IngestColumn { get; init; }

    /// <summary>Old rows are read from the topics again, for storage that keeps less than they do.</summary>
    public bool FromKafka { get; init; }

    /// <summary>How far ahead the instant of such a cut is chosen, and how long late rows are waited for after it; 0 leaves it to the planner.</summary>
    public int MarginMilliseconds { get; init; }

    /// <summary>Keys that the source has no rows of any more may end.</summary>
    public bool MayLose { get; init; }

    /// <summary>Longest pause of the consumers, in milliseconds.</summary>
    public int PauseMilliseconds { get; init; } = 2000;

    /// <summary>How long a quiet moment is looked for, in milliseconds.</summary>
    public int QuietMilliseconds { get; init; } = 30_000;

    /// <summary>Units at a time on each shard.</summary>
    public int Parallelism { get; init; } = 2;

    /// <summary>Source rows of one unit; a larger part is split.</summary>
    public long UnitRows { get; init; } = 10_000_000;

    /// <summary><c>max_threads</c> of each unit; 0 leaves it to the server.</summary>
    public int Threads { get; init; }

    /// <summary>Units wait while a consumer group is further behind than this many messages.</summary>
    public long MostLag { get; init; } = 1_000_000;

    /// <summary>Units wait while a partition of a target has more parts than this.</summary>
    public int MostParts { get; init; } = 300;

    /// <summary>Units wait while more merges run on the node than this.</summary>
    public int MostMerges { get; init; } = 12;

    /// <summary>Compare the states of every bucket of keys before a unit is published, not those of one bucket of 16.</summary>
    public bool CompareAll { get; init; }

    /// <summary>Compare the new tables with the live source once more before readers see them: another pass over the source.</summary>
    public bool Reconcile { get; init; }

    /// <summary>False compares nothing; only the bench does that.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>False publishes again whatever a crash leaves open, without looking; only the bench does that.</summary>
    public bool CheckPublished { get; init; } = true;
}
