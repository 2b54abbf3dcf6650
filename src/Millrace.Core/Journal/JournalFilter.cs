namespace Millrace.Core.Journal;

/// <summary>Which part of the history is asked for; what is null is not restricted.</summary>
/// <param name="Object">Name of an object, with or without its database.</param>
/// <param name="Limit">Applies, newest first.</param>
/// <param name="WithStatements">Whether to read the statements' text, which is most of the journal.</param>
public sealed record JournalFilter(
    string? Node = null, string? Object = null, string? Apply = null, DateTimeOffset? Since = null, int Limit = 50, bool WithStatements = false);
