namespace Millrace.Bench.Planning;

/// <summary>One node of the simulated fleet.</summary>
/// <param name="Number">Counted from 1 within the role.</param>
public sealed record SimulatedAddress(string Role, int Number, string Http);
