using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>One distinct key of a sample or a generated workload, and how much of it there is.</summary>
/// <param name="Hash">The key's <see cref="RingKey.Hash"/>, or what the server's <c>sipHash64</c> returned for it.</param>
/// <param name="Load">Rows, bytes or any other measure that adds up; not negative.</param>
/// <param name="Label">How to show it to people; null when nobody will see it.</param>
public sealed record KeyLoad(ulong Hash, double Load, string? Label = null);
