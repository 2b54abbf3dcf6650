using Millrace.Core.Sql;
using Millrace.Engine;
using Millrace.Engine.Lab;

namespace Millrace.Cli.Demo;

/// <summary>
/// The flights of the npm package <c>vega-datasets</c> as JSON messages, read by a ClickHouse of its own so that the
/// cluster's nodes only do what they do in production.
/// </summary>
internal sealed class FlightSource(ILab reader, string parquet)
{
    public const int MostRows = 3_000_000;

    private const string Package = "node_modules/vega-datasets/data/flights-3m.parquet";

    /// <summary>The data file, found from the working folder or the executable's upwards.</summary>
    /// <exception cref="UserErrorException">It is not there; the message says how to get it.</exception>
    public static string Locate()
    {
        foreach (var start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (Path.Combine(folder.FullName, Package) is var file && File.Exists(file))
                    return file;
        throw new UserErrorException($"{Package} was not found. Get it with `./run setup` (or `npm ci`).");
    }

    /// <summary>Messages <paramref name="from"/> to <paramref name="to"/> (exclusive), one JSON object a line; flight_id is the row's number.</summary>
    public async Task<byte[]> ReadAsync(int from, int to, CancellationToken cancel) =>
        await reader.Connection.QueryAsync(
            $"""
            SELECT
                flight_id,
                toString(assumeNotNull(date)) AS departure,
                assumeNotNull(origin) AS origin,
                toJSONString(CAST((assumeNotNull(destination), assumeNotNull(delay), assumeNotNull(distance)),
                    'Tuple(`$destination` String, `$delay` Int64, `$distance` Int64)')) AS properties
            FROM
            (
                SELECT rowNumberInAllBlocks() AS flight_id, *
                FROM (SELECT * FROM file({Quote.Text(parquet)}) LIMIT {to})
            )
            WHERE flight_id >= {from}
            SETTINGS max_threads = 1, input_format_parquet_preserve_order = 1
            FORMAT JSONEachRow
            """,
            cancel: cancel);
}
