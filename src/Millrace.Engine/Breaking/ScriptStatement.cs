using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Engine.Breaking;

/// <summary>One statement of a script.</summary>
/// <param name="Roles">The roles it is meant for; empty for every role that knows what it names.</param>
public sealed record ScriptStatement(string Sql, ImmutableArray<string> Roles, SourceRef At)
{
    /// <summary>Where its names without a database belong, by a <c>USE</c> before it; null without one.</summary>
    public string? Database { get; init; }
}
