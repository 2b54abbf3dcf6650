using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;

namespace Millrace.Engine.Lab;

/// <summary>Everything that belongs on the nodes of one role.</summary>
public sealed record RoleDeclaration(
    string Role, ImmutableArray<DeclaredObject> Objects, ImmutableArray<SchemaStatement> Statements);
