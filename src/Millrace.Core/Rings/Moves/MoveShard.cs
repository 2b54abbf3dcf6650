using System.Collections.Immutable;

namespace Millrace.Core.Rings.Moves;

/// <summary>A shard that takes part.</summary>
/// <param name="Node">Its only node.</param>
/// <param name="Number">Its place in the cluster's list, from 1: what <c>_shard_num</c> says there.</param>
/// <param name="Gains">The layers of this move that belong on it.</param>
/// <param name="Loses">The other layers of this move: rows of theirs that lie here lie wrongly.</param>
public sealed record MoveShard(string Node, int Number, ImmutableArray<int> Gains, ImmutableArray<int> Loses);
