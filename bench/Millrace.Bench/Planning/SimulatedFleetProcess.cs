using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Millrace.Testing;

namespace Millrace.Bench.Planning;

/// <summary>
/// The other side of <see cref="SimulatedFleet"/>: a process of its own, so that answering costs the measured process
/// nothing. Prints the addresses, then takes a script a line until its input ends.
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
            select (Role: parts[0], Number: number, Node: new SimulatedNode([], latency, Macros(parts[0]), (node, sql) => Run(node, sql, script))))
            .ToList();
        Console.WriteLine(JsonSerializer.Serialize(
            nodes.Select(n => new SimulatedAddress(n.Role, n.Number, n.Node.Address.GetLeftPart(UriPartial.Authority)))));
        while (await Console.In.ReadLineAsync() is { } file)
        {
            script = Read(await File.ReadAllBytesAsync(file));
            Console.WriteLine("ready");
        }

        return 0;
    }

    private static Dictionary<string, string> Macros(string role) =>
        new(StringComparer.Ordinal) { [Engine.Observe.NodeIdentity.RoleMacro] = role };

    private static ImmutableDictionary<string, ScriptedStatement> Read(byte[] json) =>
        JsonSerializer.Deserialize<ScriptedStatement[]>(json)!.ToImmutableDictionary(s => s.Sql, StringComparer.Ordinal);

    private static ScriptedAnswer? Run(SimulatedNode node, string sql, ImmutableDictionary<string, ScriptedStatement> script)
    {
        if (!script.TryGetValue(sql, out var statement))
            return ScriptedAnswer.Error(62, "SYNTAX_ERROR", $"this statement is not in the script: {sql}");
        if (statement is { Name: { } created, Shape: { } shape })
            node.Objects[created] = shape;
        else if (statement.Name is { } dropped)
            node.Objects.TryRemove(dropped, out _);
        return null;
    }
}
