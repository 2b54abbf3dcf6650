using System.Collections.Immutable;
using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>
/// A marketing platform's five minutes: 700,000 events a second of 180,000 tenants whose sizes follow Zipf's law, each
/// with the same mix of event types, and meanwhile one customer's newsletter: 10M sent, 10M delivered, 3M opened.
/// </summary>
public sealed record TenantWorkload(string Name, bool Tenants, bool Newsletter)
{
    public const int TenantCount = 180_000;

    /// <summary>Recipients fall into so many buckets in the last key: enough to split the newsletter, few enough to add up.</summary>
    private const int RecipientBuckets = 16;

    /// <summary>Sharding keys to compare on it.</summary>
    public static ImmutableArray<TenantKey> Keys { get; } =
    [
        new("customer_id", 1, (customer, _, _) => RingKey.Of.Int64(customer)),
        new("event_type", 1, (_, type, _) => RingKey.Of.String(type)),
        new("customer_id+event_type", 1, (customer, type, _) => RingKey.Of.Int64(customer).String(type)),
        new("customer_id+event_type+recipient%16", RecipientBuckets,
            (customer, type, part) => RingKey.Of.Int64(customer).String(type).UInt8((byte)part)),
    ];

    /// <summary>The platform as it is, without the newsletter, and the newsletter alone.</summary>
    public static ImmutableArray<TenantWorkload> All { get; } =
    [
        new("tenants + newsletter", Tenants: true, Newsletter: true),
        new("tenants alone", Tenants: true, Newsletter: false),
        new("newsletter alone", Tenants: false, Newsletter: true),
    ];

    private const double BackgroundEvents = 700_000 * 300.0;

    /// <summary>A customer of the middle size, so that only the newsletter makes it loud.</summary>
    private const int NewsletterCustomer = TenantCount / 2;

    private static readonly (string Type, double Share)[] Mix =
    [
        ("sent", 0.30), ("delivered", 0.29), ("opened", 0.12), ("clicked", 0.04), ("page_view", 0.15),
        ("product_view", 0.06), ("cart_update", 0.02), ("order", 0.01), ("unsubscribed", 0.005), ("bounced", 0.005),
    ];

    private static readonly (string Type, double Events)[] Burst = [("sent", 10e6), ("delivered", 10e6), ("opened", 3e6)];

    /// <summary>The load of every row of the workload by its key; keys that several rows share are added up.</summary>
    public IEnumerable<KeyLoad> Loads(TenantKey key)
    {
        var loads = new Dictionary<ulong, (double Events, long Customer, string Type)>();
        foreach (var (customer, type, events) in Events())
            for (var part = 0; part < key.Split; part++)
            {
                var hash = key.Of(customer, type, part).Hash;
                loads[hash] = loads.TryGetValue(hash, out var known)
                    ? known with { Events = known.Events + (events / key.Split) }
                    : (events / key.Split, customer, type);
            }

        return loads.Select(load => new KeyLoad(load.Key, load.Value.Events, key.Label(load.Value.Customer, load.Value.Type)));
    }

    private IEnumerable<(long Customer, string Type, double Events)> Events()
    {
        if (Newsletter)
            foreach (var (type, events) in Burst)
                yield return (NewsletterCustomer, type, events);
        if (!Tenants)
            yield break;
        var harmonic = Enumerable.Range(1, TenantCount).Sum(rank => 1.0 / rank);
        for (var rank = 1; rank <= TenantCount; rank++)
            foreach (var (type, share) in Mix)
                yield return (rank, type, BackgroundEvents / harmonic / rank * share);
    }
}
