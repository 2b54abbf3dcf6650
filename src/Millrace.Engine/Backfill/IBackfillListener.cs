using Millrace.Core.Backfill;

namespace Millrace.Engine.Backfill;

/// <summary>Hears how a backfill goes. Called from several shards at once.</summary>
public interface IBackfillListener
{
    void PhaseReached(string node, ShardPhase phase);

    /// <param name="node">A shard; any other name counts messages that are read again.</param>
    /// <param name="total">Rows of all units of the shard.</param>
    /// <param name="done">Rows of those that are verified.</param>
    void Progress(string node, long done, long total);

    /// <summary>A sentence for people, such as why work waits.</summary>
    void Note(string node, string text);

    /// <summary>Consumers were stopped for this long.</summary>
    void Paused(TimeSpan time);
}
