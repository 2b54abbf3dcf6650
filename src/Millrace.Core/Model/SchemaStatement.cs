using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Model;

/// <summary>One plain CREATE statement of <c>schema/*.sql</c>, under its role header (<c>-- role: data, query</c>).</summary>
public sealed record SchemaStatement(ImmutableArray<string> Roles, string Sql, SourceRef At);
