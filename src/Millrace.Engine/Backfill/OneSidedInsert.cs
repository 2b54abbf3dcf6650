using Millrace.Core.Backfill;

namespace Millrace.Engine.Backfill;

/// <summary>Rows that one INSERT brought to one partition of a target, where the old and the new content did not get the same.</summary>
internal sealed record OneSidedInsert(BackfillTarget Target, string Query, string Partition, long Old, long New)
{
    public override string ToString() =>
        $"{Target.Table}: INSERT {Query}, partition {Partition}: {Old:N0} rows in the old table, {New:N0} in the new one";
}
