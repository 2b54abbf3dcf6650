using System.Text.Json;
using Millrace.Engine.Status;

namespace Millrace.Cli.Output;

/// <summary>A fleet's status as one JSON document. Times are ISO 8601, durations are seconds, unknown is null.</summary>
public static class StatusJson
{
    private static readonly JsonSerializerOptions OneLine = new(JsonSerializerDefaults.Web);
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Write(FleetStatus status, bool indented) => JsonSerializer.Serialize(
        new
        {
            status.At,
            Nodes = status.Nodes.Select(Node),
            Legs = status.Legs.Select(Leg),
            Errors = status.Errors.Select(errors => new
            {
                Table = errors.ReadTable.ToString(),
                errors.LastHour,
                errors.IsComplete,
            }),
        },
        indented ? Indented : OneLine);

    private static object Node(NodeStatus node) => new
    {
        node.Node.Name,
        node.Node.Role,
        node.RoleMacro,
        State = node.State.ToString().ToLowerInvariant(),
        Reason = node.Reason.Length == 0 ? null : node.Reason,
        node.Since,
        Version = node.Version.Length == 0 ? null : node.Version,
        UptimeSeconds = node.Uptime.TotalSeconds,
        node.Declared,
        node.Present,
        Missing = node.Missing.Select(name => name.ToString()),
        Waiting = node.Waiting.Select(waiting => new
        {
            Table = waiting.Table.ToString(),
            waiting.Files,
            waiting.Bytes,
            waiting.BrokenFiles,
            waiting.IsBlocked,
            waiting.LastError,
        }),
    };

    private static object Leg(LegStatus leg) => new
    {
        leg.Pipeline,
        leg.Consumption,
        Leg = leg.Leg.Name,
        leg.Leg.Broker,
        leg.Leg.Topic,
        leg.Leg.Group,
        KafkaTable = leg.KafkaTable.ToString(),
        leg.Consumers,
        leg.Assigned,
        leg.Partitions,
        leg.RowsPerSecond,
        leg.Lag,
        LagTrouble = leg.FromBroker is { Messages: null } answer ? answer.Trouble : null,
        DrainsInSeconds = leg.DrainsIn?.TotalSeconds,
        leg.OnNodes,
    };
}
