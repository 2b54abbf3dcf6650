using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Core.Compile;

/// <summary>The SETTINGS of a leg's Kafka table.</summary>
public static class LegSettings
{
    /// <summary>
    /// Every setting is written down, so that a replaced node consumes exactly like the lost one. More than one consumer
    /// without a thread each would flush through a single thread (ClickHouse#35153).
    /// </summary>
    public static ImmutableSortedDictionary<string, string> Of(Leg leg)
    {
        var settings = SchemaSettings.Add(leg.Settings, leg.Schema)
            .SetItem("kafka_num_consumers", $"{leg.Consumers}")
            .SetItem("kafka_handle_error_mode", "stream");
        return leg.Consumers > 1 ? settings.SetItem("kafka_thread_per_consumer", "1") : settings;
    }
}
