namespace Millrace.Engine.Rings.Moves;

/// <summary>Rows of a layer that lie on one shard while another one holds the layer.</summary>
public sealed record MisplacedRows(string Table, int Layer, int OnShard, int BelongsOn, long Rows);
