using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>A user of a query layer: reads the layer's tables with the layer's profile, and nothing else.</summary>
/// <param name="PasswordVariable">
/// The environment variable, on the ClickHouse server, with the SHA-256 of the password in hexadecimal digits; null for a
/// user without a password. Millrace never reads it.
/// </param>
/// <param name="From">Networks that the user may come from; empty means any.</param>
public sealed record LayerUser(string Name, string? PasswordVariable, ImmutableArray<string> From);
