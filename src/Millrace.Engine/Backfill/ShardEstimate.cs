namespace Millrace.Engine.Backfill;

/// <summary>What a backfill would read and need on one shard.</summary>
/// <param name="Rows">Of its sources.</param>
/// <param name="Units">About that many pieces of work.</param>
/// <param name="NeedBytes">About that much disk beside what there is, until it ends.</param>
public sealed record ShardEstimate(string Node, long Rows, long Units, long NeedBytes, long FreeBytes);
