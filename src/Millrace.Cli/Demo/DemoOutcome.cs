namespace Millrace.Cli.Demo;

/// <summary>What the demo counted on the storage nodes.</summary>
/// <param name="Produced">Messages that the broker acknowledged.</param>
/// <param name="Landed">Distinct flights on storage.</param>
/// <param name="Duplicated">Rows on storage beyond one per flight, before any merge removed them.</param>
/// <param name="WithNewColumn">Rows that carry the column that was added while rows flowed.</param>
/// <param name="ReplanSteps">Steps of the last plan: 0.</param>
/// <param name="Seconds">From the start of the cluster to the end.</param>
internal sealed record DemoOutcome(
    long Produced, long Landed, long Lost, long Duplicated, long WithNewColumn, int ReplanSteps, double Seconds, double RowsPerSecond);
