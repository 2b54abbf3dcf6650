namespace Millrace.HashRing;

/// <summary>One layer that changes its shard; rows written from then on go to the new one.</summary>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="From">The shard that held it.</param>
/// <param name="To">The shard that holds it now.</param>
public sealed record LayerMove(int Layer, int From, int To);
