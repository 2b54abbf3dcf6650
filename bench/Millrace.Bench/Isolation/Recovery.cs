namespace Millrace.Bench.Isolation;

/// <summary>How a design caught up.</summary>
/// <param name="RowsPerSecond">Rows stored a second until the lag was gone, or until the time was over.</param>
/// <param name="DrainSeconds">Until less than six seconds of events were waiting; null when the time was over before.</param>
/// <param name="QueriesPerSecond">What the query storm got meanwhile.</param>
internal sealed record Recovery(double RowsPerSecond, double? DrainSeconds, double QueriesPerSecond);
