namespace Millrace.Engine.Doctor;

/// <summary>What a node has for streams. Null where the server does not say.</summary>
internal sealed record NodeCapacity(int? Cores, int? StreamingThreads, double? PoolShare, long? PartsToDelay);
