namespace Millrace.Embedded;

/// <summary>Says in plain words why a ClickHouse server did not start, and what to do.</summary>
internal static class NodeFailure
{
    /// <param name="output">What the server wrote before it left.</param>
    public static string Explain(string output, NodeOptions options)
    {
        var reason = Reason(output);
        return reason switch
        {
            _ when Has(reason, "Address already in use") => PortTaken(options),
            _ when Has(reason, "No space left on device") =>
                $"the disk that holds {options.DataFolder} is full. Free some space and start again.",
            _ when Has(reason, "Permission denied") =>
                $"the server may not write {options.DataFolder} or its log: give this user the right to.\n{reason}",
            "" => $"the ClickHouse server in {options.DataFolder} left without a word; see its log.",
            _ => $"the ClickHouse server in {options.DataFolder} did not start:\n{reason}",
        };
    }

    public static string PortTaken(NodeOptions options) =>
        $"port {options.TcpPort} (native) or {options.HttpPort} (HTTP) on {options.ListenHost} is taken by another process.\n"
        + $"See which: ss -ltnp '( sport = :{options.TcpPort} or sport = :{options.HttpPort} )'. Stop it, or take other ports (`millrace dev up --new-ports`).";

    /// <summary>The output without what only a ClickHouse developer reads: log file names and stack traces.</summary>
    private static string Reason(string output)
    {
        var text = string.Join('\n', output.Split('\n').Where(line => !line.StartsWith("Logging ", StringComparison.Ordinal)));
        var trace = text.IndexOf(", Stack trace (", StringComparison.Ordinal);
        return (trace < 0 ? text : text[..trace]).Trim();
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
