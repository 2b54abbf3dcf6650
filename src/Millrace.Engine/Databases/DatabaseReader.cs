using System.Collections.Immutable;
using System.Text.Json;
using Millrace.Core.Databases;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Databases;

/// <summary>
/// Asks the Postgres behind each connection for the tables that pipelines write to. A node asks, as it will write: through its named
/// collection, so that neither address nor password is in a statement. A database that does not answer is a value, not an exception.
/// </summary>
public sealed class DatabaseReader(INodeConnector connector, TimeProvider? time = null)
{
    /// <summary>The longest that one database may take; a plan waits for it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    public async Task<ImmutableArray<DatabaseVitals>> ReadAsync(Project project, ObservedFleet observed, CancellationToken cancel)
    {
        var asked =
            from connection in project.Fleet.Connections
            let writers = project.Pipelines.Where(pipeline => pipeline.Into is PostgresSink sink && sink.Connection == connection.Name).ToList()
            let node = observed.Nodes.FirstOrDefault(node => IsAble(node, connection) && writers.Any(pipeline => pipeline.Role == node.Node.Role))
            where node is not null // Nodes and collections that are missing are findings of their own.
            select AskAsync(project.Fleet, connection, node, [.. writers.Select(pipeline => ((PostgresSink)pipeline.Into).Table).Distinct()], cancel);
        return [.. await Task.WhenAll(asked)];
    }

    private static bool IsAble(ObservedNode node, Connection connection) =>
        node.State == NodeState.Ok && node.Collections?.Contains(connection.Collection) != false;

    private async Task<DatabaseVitals> AskAsync(
        Fleet fleet, Connection connection, ObservedNode node, ImmutableArray<string> tables, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(Limit, time ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        try
        {
            var catalog = new PostgresCatalog(connector.Connect(node.Node.Http, fleet.Connect with { Retries = 0 }), connection.Collection);
            var found = await catalog.ReadAsync(tables, either.Token);
            return new DatabaseVitals(connection.Name, node.Node.Name, found)
            {
                Zone = found.Any(table => table.Columns.Any(column => column.IsInstant)) ? await catalog.ReadZoneAsync(either.Token) : null,
            };
        }
        catch (ServerErrorException error)
        {
            return Failed(error.Message);
        }
        catch (NodeUnreachableException gone)
        {
            return Failed(gone.Message);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return Failed($"no answer within {Limit.TotalSeconds:0} s");
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return Failed($"the answer cannot be read: {error.Message}");
        }

        DatabaseVitals Failed(string reason) => new(connection.Name, node.Node.Name, [], Safe(reason, connection));
    }

    /// <summary>What Postgres says may quote what must not be shown.</summary>
    private static string Safe(string text, Connection connection) =>
        connection.Password is { IsEmpty: false } password ? text.Replace(password.Reveal(), Secret.Placeholder, StringComparison.Ordinal) : text;
}
