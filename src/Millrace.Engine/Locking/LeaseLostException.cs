namespace Millrace.Engine.Locking;

/// <summary>The lock is no longer ours, or could not be renewed in time: nothing more may be changed.</summary>
public sealed class LeaseLostException(string message) : Exception(message);
