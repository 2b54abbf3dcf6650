using System.Collections.Immutable;
using Millrace.Core.Breaking;

namespace Millrace.Engine.Breaking;

/// <summary>Rows for one entry, each a line of JSON.</summary>
internal sealed record ProbeRows(ObjectRef Entry, ImmutableArray<string> Lines)
{
    /// <summary>Rows that go in after these, in an insert of their own: what views make of rows depends on which come together.</summary>
    public ImmutableArray<string> After { get; init; } = [];

    /// <summary>Columns that are left out of some rows beside these.</summary>
    public ImmutableArray<string> Optional { get; init; } = [];
}
