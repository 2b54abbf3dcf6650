namespace Millrace.Core.Compile;

/// <summary>What a generated object is for; decides where it stands in the order of an apply.</summary>
public enum ObjectPurpose
{
    /// <summary>MergeTree table that holds the rows, on storage.</summary>
    DataTable,

    /// <summary>Distributed table that people query, on storage and query nodes.</summary>
    ReadTable,

    /// <summary>Distributed table that views insert into, on ingestion nodes.</summary>
    WritableTable,

    /// <summary>Table that views insert into and that holds nothing: the door to a Kafka topic or a Postgres table, on ingestion nodes.</summary>
    SinkTable,

    /// <summary>Kafka table of a leg, on ingestion nodes.</summary>
    KafkaTable,

    /// <summary>Materialized view of a leg: data or errors.</summary>
    LegView,

    /// <summary>Table that holds nothing, between a leg and its several sinks, on ingestion nodes.</summary>
    StreamTable,

    /// <summary>Materialized view from a stream table to one of the sinks.</summary>
    StreamView,

    /// <summary>Materialized view of a rollup, on storage.</summary>
    RollupView,

    /// <summary>View that merges a rollup's states into values for people, on storage and query nodes.</summary>
    MergeView,

    /// <summary>View that tells that a stateless node has everything; see <see cref="Readiness"/>.</summary>
    Ready,

    /// <summary>Anything of <c>schema/*.sql</c>; its engine decides.</summary>
    Schema,
}
