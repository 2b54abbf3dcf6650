using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Engine.Specs.Files;

/// <summary>What <c>millrace.yaml</c> itself says, before the other files are read.</summary>
internal sealed record ProjectHead(
    string Name, string Database, string? OldestServer, ImmutableArray<string> Unmanaged, Policies Policies, string FleetFile,
    ImmutableArray<Allowance> Allow);
