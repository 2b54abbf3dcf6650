namespace Millrace.Core.Doctor;

/// <summary>A node's clock against the operator's.</summary>
/// <param name="Ahead">How far the node's clock is ahead; negative when behind.</param>
/// <param name="Uncertainty">Half of the round trip: the true difference lies this close.</param>
public sealed record ClockReading(TimeSpan Ahead, TimeSpan Uncertainty);
