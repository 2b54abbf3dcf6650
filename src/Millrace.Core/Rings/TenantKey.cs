using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>A sharding key over the generated tenants.</summary>
/// <param name="Split">How many equal parts a tenant's event type falls into, such as buckets of recipients.</param>
/// <param name="Of">The key of a customer, an event type and a part.</param>
public sealed record TenantKey(string Name, int Split, Func<long, string, int, RingKey> Of)
{
    /// <summary>How the key of a customer and an event type reads.</summary>
    public string Label(long customer, string type) => Name switch
    {
        "customer_id" => $"{customer}",
        "event_type" => type,
        _ => $"{customer}, {type}",
    };
}
