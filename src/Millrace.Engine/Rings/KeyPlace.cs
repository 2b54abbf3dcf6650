namespace Millrace.Engine.Rings;

/// <summary>Where a key's rows go, as the engine computes it.</summary>
/// <param name="Hash">What <c>sipHash64</c> returns for the key.</param>
/// <param name="Layer">From 0.</param>
public sealed record KeyPlace(ulong Hash, int Layer);
