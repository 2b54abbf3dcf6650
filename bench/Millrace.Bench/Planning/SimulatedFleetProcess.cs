using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Millrace.Testing;

namespace Millrace.Bench.Planning;

/// <summary>
/// The other side of <see cref="SimulatedFleet"/>: a process of its own, so that answering costs the measured process
/// nothing. Prints the addresses, then takes the file of a world a line, until its input ends.
/// </summary>
public static class SimulatedFleetProcess
{
    /// <summary>The hidden command.</summary>
    public const string Command = "simulated-fleet";

    /// <param name="arguments">Latency in milliseconds and the roles, such as <c>20 data=50,query=10</c>.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var latency = TimeSpan.FromMilliseconds(int.Parse(arguments[0], CultureInfo.InvariantCulture));
        var script = ImmutableDictionary<string, ScriptedStatement>.Empty;
        var nodes = (
            from role in arguments[1].Split(',')
            let parts = role.Split('=')
            from number in Enumerable.Range(1, int.Parse(parts[1], CultureInfo.InvariantCulture))
            let state = new SimulatedState()
            let node = new SimulatedNode([], latency, run: (node, sql) => state.Run(sql) ?? Run(node, sql, script))
            select (Node: node, Address: new SimulatedAddress(parts[0], number, node.Address.GetLeftPart(UriPartial.Authority))))
            .ToList();
        Console.WriteLine(JsonSerializer.Serialize(nodes.Select(n => n.Address)));
        while (await Console.In.ReadLineAsync() is { } file)
        {
            var world = JsonSerializer.Deserialize<SimulatedWorld>(await File.ReadAllBytesAsync(file))!;
            foreach (var ((node, _), configuration) in nodes.Zip(world.Nodes))
                (node.Macros, node.Clusters) = (configuration.Macros, configuration.Clusters);
            script = world.Statements.ToImmutableDictionary(s => s.Sql, StringComparer.Ordinal);
            Console.WriteLine("ready");
        }

        return 0;
    }

    private static ScriptedAnswer? Run(SimulatedNode node, string sql, ImmutableDictionary<string, ScriptedStatement> script)
    {
        if (SimulatedNode.IsQuery(sql))
            return null;
        if (!script.TryGetValue(sql, out var statement))
            return ScriptedAnswer.Error(62, "SYNTAX_ERROR", $"this statement is not in the script: {sql}");
        if (statement is { Name: { } created, Shape: { } shape })
            node.Objects[created] = shape;
        else if (statement.Name is { } dropped)
            node.Objects.TryRemove(dropped, out _);
        return null;
    }
}
