using System.Collections.Immutable;

namespace Millrace.Engine.Specs.Files;

/// <summary>What <c>millrace.yaml</c> itself says, before the other files are read.</summary>
internal sealed record ProjectHead(
    string Name, string Database, string? OldestServer, ImmutableArray<string> Unmanaged, string FleetFile);
