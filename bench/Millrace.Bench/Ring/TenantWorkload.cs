using Millrace.Core.Rings;
using Millrace.HashRing;

namespace Millrace.Bench.Ring;

/// <summary>
/// A marketing platform's five minutes: 700,000 events a second of 180,000 tenants whose sizes follow Zipf's law, each
/// with the same mix of event types, and meanwhile one customer's newsletter: 10M sent, 10M delivered, 3M opened.
/// </summary>
public sealed record TenantWorkload(string Name, bool Tenants, bool Newsletter)
{
    public const int TenantCount = 180_000;

    private const double BackgroundEvents = 700_000 * 300.0;

    /// <summary>A customer of the middle size, so that only the newsletter makes it loud.</summary>
    private const int NewsletterCustomer = TenantCount / 2;

    private static readonly (string Type, double Share)[] Mix =
    [
        ("sent", 0.30), ("delivered", 0.29), ("opened", 0.12), ("clicked", 0.04), ("page_view", 0.15),
        ("product_view", 0.06), ("cart_update", 0.02), ("order", 0.01), ("unsubscribed", 0.005), ("bounced", 0.005),
    ];

    private static readonly (string Type, double Events)[] Burst = [("sent", 10e6), ("delivered", 10e6), ("opened", 3e6)];

    /// <summary>The load of every distinct key of the workload.</summary>
    /// <param name="split">How many equal parts a tenant's event type falls into, such as buckets of recipients.</param>
    public IEnumerable<KeyLoad> Loads(Func<long, string, int, RingKey> key, int split)
    {
        foreach (var (customer, type, events) in Events())
            for (var part = 0; part < split; part++)
                yield return new KeyLoad(key(customer, type, part).Hash, events / split);
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
