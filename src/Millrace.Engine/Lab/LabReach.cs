using System.Text;
using Millrace.Core.Breaking;
using Millrace.Core.Lineage;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Lab;

/// <summary>Keeps a lab from running what would connect somewhere.</summary>
internal static class LabReach
{
    /// <summary>Why a statement is not run; null where it may be.</summary>
    public static async Task<EngineFault?> RefuseAsync(INodeConnection node, string sql, StatementOptions options, CancellationToken cancel)
    {
        if (!ReachingFunction.MayBeIn(sql))
            return null;
        try
        {
            var syntax = Encoding.UTF8.GetString(await node.QueryAsync($"EXPLAIN AST {sql} FORMAT TSVRaw", options, cancel));
            return ReachingFunction.InCreate(syntax) is { } function ? EngineFault.WouldConnect(function) : null;
        }
        catch (ServerErrorException)
        {
            return null; // What it cannot parse, it refuses when it is run.
        }
    }
}
