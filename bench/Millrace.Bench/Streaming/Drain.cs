namespace Millrace.Bench.Streaming;

/// <summary>What it took one design to carry the whole backlog to storage.</summary>
/// <param name="RowsPerSecond">From the first message read to the last row on storage.</param>
/// <param name="IngestionCpu">Seconds, of all ingestion nodes.</param>
/// <param name="StorageCpu">Seconds, of all storage nodes, merges included.</param>
public sealed record Drain(long Rows, double RowsPerSecond, double IngestionCpu, double StorageCpu)
{
    public double RowsPerCpuSecond => Rows / (IngestionCpu + StorageCpu);
}
