using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>A rollup whose view is new or changed while its source already holds rows: those are not in it until it is backfilled.</summary>
/// <param name="Rows">Of the source, on all nodes.</param>
public sealed record BackfillOffer(string Rollup, ObjectName Source, long Rows);
