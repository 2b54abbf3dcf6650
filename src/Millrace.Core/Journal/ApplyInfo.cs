using Millrace.Core.Locking;

namespace Millrace.Core.Journal;

/// <summary>What all entries of one apply have in common.</summary>
/// <param name="Id">Begins with the time, so that ids sort by it: <c>20260131-201158-4f1c09</c>.</param>
/// <param name="Revision">Git revision of the project's folder; empty when there is none.</param>
/// <param name="Dirty">True when the folder had changes that were not committed.</param>
public sealed record ApplyInfo(string Id, string PlanId, string Project, Holder Holder, string Revision, bool Dirty);
