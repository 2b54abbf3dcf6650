namespace Millrace.Engine.Journal;

/// <summary>No storage node takes the journal: what cannot be written down is not done.</summary>
public sealed class JournalUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
