namespace Millrace.Engine.Specs;

/// <summary>The project that <c>millrace init</c> writes: small, commented, and without findings.</summary>
public static class StarterProject
{
    /// <summary>Most folders have one already.</summary>
    public const string IgnoreFile = ".gitignore";

    /// <summary>What a .gitignore of a project says.</summary>
    public const string IgnoreLines = """
        # What Millrace keeps on this machine; only the schemas for editors belong into version control.
        .millrace/*
        !.millrace/schemas/

        """;

    /// <summary>Every file with its text, by path relative to the project folder.</summary>
    public static IReadOnlyList<(string Path, string Text)> Files(string name) =>
    [
        (ProjectLoader.ProjectFile, Project.Replace("{name}", name, StringComparison.Ordinal)),
        ("fleet.yaml", Fleet),
        ("pipelines/events.yaml", Events),
        (IgnoreFile, IgnoreLines),
    ];

    /// <summary>Writes the project; nothing is written when any of its files exists, but an existing .gitignore is left alone.</summary>
    /// <returns>The paths that were written, relative to the folder.</returns>
    /// <exception cref="UserErrorException">The name cannot be one, or a file is in the way.</exception>
    public static IReadOnlyList<string> Write(string folder, string name)
    {
        if (!Shapes.Text.Table.Accepts(name))
            throw new UserErrorException($"the project name must be {Shapes.Text.Table.Noun}, because its database is called the same: choose one with --name");
        var files = Files(name).Where(f => f.Path != IgnoreFile || !File.Exists(Path.Combine(folder, IgnoreFile))).ToArray();
        var inTheWay = files.Select(f => f.Path).Where(f => File.Exists(Path.Combine(folder, f))).ToArray();
        if (inTheWay.Length > 0)
            throw new UserErrorException($"nothing was written, because these files exist in {Path.GetFullPath(folder)}: {string.Join(", ", inTheWay)}. Choose another folder: millrace init DIR");
        foreach (var (path, text) in files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text);
        }

        SchemaFolder.Write(Path.Combine(folder, SchemaFolder.Default));
        return [.. files.Select(f => f.Path), $"{SchemaFolder.Default}/"];
    }

    private const string Project = """
        # yaml-language-server: $schema=.millrace/schemas/project.json
        # The project: every key is explained in docs/reference/project-files.md.
        name: {name}

        # database: {name}        # the ClickHouse database of all generated objects; the project's name unless given
        # oldest_server: 25.8     # oldest ClickHouse version in the fleet
        # unmanaged: ["{name}.tmp_*"]   # objects on the nodes that are nobody's business here

        """;

    private const string Fleet = """
        # yaml-language-server: $schema=.millrace/schemas/fleet.json
        # The servers, and what they are for. `millrace dev up` starts such a fleet on this machine.

        roles:
          data:   { kind: storage }      # holds the rows
          events: { kind: ingestion }    # consumes Kafka, stores nothing
          query:  { kind: query }        # takes queries, stores nothing

        # Entries of remote_servers on the nodes.
        clusters:
          data:        { role: data }                                       # sharded: each node holds the `shard` it says
          data_single: { role: data, single_shard: true, nodes: [data-1] }  # one shard: for tables that are not sharded
          # replicated: true renders Replicated* engines, when a shard has more than one node

        nodes:
          data-1:  { role: data, shard: 1, http: "http://127.0.0.1:8123", native: "127.0.0.1:9000" }
          data-2:  { role: data, shard: 2, http: "http://127.0.0.1:8124", native: "127.0.0.1:9001" }
          ing-1:   { role: events, http: "http://127.0.0.1:8125", native: "127.0.0.1:9002" }
          query-1: { role: query, http: "http://127.0.0.1:8126", native: "127.0.0.1:9003" }

        # Or let Millrace find the nodes on the fleet, instead of `nodes`:
        # discovery: { entry: ["http://10.0.0.1:8123", "http://10.0.0.2:8123"], clusters: [data, events, query] }

        # Kafka backends. The nodes know each as a named collection, which holds the broker list and the secrets.
        brokers:
          kafka: { collection: kafka, bootstrap: "127.0.0.1:9092" }

        # How Millrace itself connects. Keep secrets out of this file: ${env:NAME} and ${file:PATH} are filled in when it is read.
        # connect: { user: millrace, password: "${env:CLICKHOUSE_PASSWORD}", statement_timeout: 60s }

        """;

    private const string Events = """
        # yaml-language-server: $schema=../.millrace/schemas/pipeline.json
        # One stream: Kafka -> events nodes -> a sharded table on the data nodes.
        pipeline: events
        role: events                      # which ingestion nodes run it

        columns:                          # the message, in ClickHouse types
          uuid: UUID
          event: String
          team_id: Int64
          distinct_id: String
          timestamp: DateTime64(6, 'UTC')
          properties: String

        extract:                          # parse the JSON once, never once per column
          from: properties
          columns:
            browser: $browser
            duration: { key: $duration, type: Float64 }
          rest: properties_map            # every key, as a Map(String, String)

        legs:                             # one per Kafka backend
          - broker: kafka
            topic: events
            group: clickhouse_events
            format: JSONEachRow
            consumers: 1                  # on each node
            # partitions: 8               # say it, and `millrace check` sees consumers that would idle

        into:
          table: events                   # sharded_events on storage, writable_events on ingestion, events to read
          engine: ReplacingMergeTree
          partition_by: toYYYYMM(timestamp)
          order_by: [team_id, toDate(timestamp), event, cityHash64(distinct_id), cityHash64(uuid)]
          shard_by: sipHash64(distinct_id)  # the same for the same row, always; or none
          omit: [properties]              # the map and the columns hold all of it

        errors: { table: ingestion_errors }   # messages that do not parse, with topic, partition and offset

        """;
}
