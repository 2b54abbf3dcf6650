using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Rollout;

/// <summary>Asks query nodes which declaration they are ready with.</summary>
public sealed class ReadyNodes(INodeConnector connector)
{
    /// <summary>The declarations that nodes of query roles hold now; nodes that are not ready, or do not answer, add nothing.</summary>
    public async Task<ImmutableArray<string>> DeclarationsAsync(Project project, CancellationToken cancel)
    {
        var view = Quote.Name(new Naming(project).Ready());
        var nodes = project.Fleet.Nodes.Where(node => project.Fleet.FindRole(node.Role)?.Kind == RoleKind.Query);
        var answers = await Task.WhenAll(nodes.Select(node => AskAsync(node, view, project.Fleet, cancel)));
        return [.. answers.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private async Task<string?> AskAsync(Node node, string view, Fleet fleet, CancellationToken cancel)
    {
        try
        {
            var row = new RowReader(await connector.Connect(node.Http, fleet.Connect).QueryAsync($"SELECT declaration FROM {view} FORMAT JSONCompactEachRow", cancel: cancel));
            return row.NextRow() ? row.Text() : null;
        }
        catch (Exception error) when (error is NodeUnreachableException or ServerErrorException)
        {
            // Not ready is what the balancer will find too.
            return null;
        }
    }
}
