using System.Text.RegularExpressions;
using Millrace.Core.Breaking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Finds out whether anything in a world may look at a clock, such as <c>DEFAULT now()</c>.</summary>
internal static partial class Clocks
{
    /// <summary>The engine knows which of its functions tell the time; what a function of the user's does is not known.</summary>
    private const string Query = """
        WITH clocks AS (
          SELECT name FROM system.functions
          WHERE deterministic = 0 AND (categories = 'Dates and Times' OR name IN ('initialQueryStartTime', 'uptime', 'zookeeperSessionUptime')))
        SELECT lower(name) FROM system.functions
        WHERE name IN clocks OR alias_to IN clocks OR origin != 'System'
        FORMAT TSVRaw
        """;

    /// <summary>True also when the name of such a function only stands in a text or names a column: never false when one is called.</summary>
    public static async Task<bool> AreInAsync(World world, RoleRig rig, CancellationToken cancel)
    {
        try
        {
            var names = RoleRig.Lines(await rig.TextAsync(Query, cancel)).ToHashSet(StringComparer.Ordinal);
            return names.Count == 0 || world.Objects.Any(item => Word().Matches(item.Shape.CreateQuery).Any(word => names.Contains(word.Value.ToLowerInvariant())));
        }
        catch (ServerErrorException)
        {
            return true; // Older engines do not say.
        }
    }

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
