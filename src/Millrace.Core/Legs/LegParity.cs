using System.Collections.Immutable;

namespace Millrace.Core.Legs;

/// <summary>
/// Two legs over a window, event by event: what their brokers hold and their groups have read, against the data table.
/// </summary>
/// <param name="Id">The column that tells events apart.</param>
/// <param name="Old">Different ids in the old leg's window.</param>
/// <param name="New">Different ids in the new leg's window.</param>
/// <param name="Both">Ids in both windows.</param>
/// <param name="MissingOld">Ids of the old leg's window that the data table does not have.</param>
/// <param name="MissingNew">Ids of the new leg's window that the data table does not have.</param>
/// <param name="Examples">Some of the missing ids.</param>
/// <param name="Trouble">Why nothing else is known; empty when it is.</param>
public sealed record LegParity(
    string Id, long Old, long New, long Both, long MissingOld, long MissingNew, ImmutableArray<string> Examples, string Trouble = "")
{
    public bool IsKnown => Trouble.Length == 0;

    /// <summary>True when every event of both windows is in the data table.</summary>
    public bool NothingMissing => IsKnown && MissingOld == 0 && MissingNew == 0;

    public static LegParity Unknown(string trouble) => new("", 0, 0, 0, 0, 0, [], trouble);
}
