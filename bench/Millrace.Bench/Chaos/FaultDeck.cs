using Millrace.Bench.Chaos.Faults;

namespace Millrace.Bench.Chaos;

/// <summary>Faults in random order, like cards: each kind comes once before any comes again.</summary>
/// <param name="kinds">Makes one fault of each kind; the same ones in the same order each time.</param>
internal sealed class FaultDeck(Random random, Func<IFault[]> kinds)
{
    private readonly Queue<IFault> cards = [];

    /// <summary>One of every kind there is.</summary>
    public static IFault[] AllKinds() =>
    [
        new WipedIngestion(), new WipedIngestionWithFullHands(), new KilledStorage(), new CutBroker(), new KilledApply(),
        new KilledWatch(), new Garbage(),
    ];

    public IFault Draw()
    {
        if (cards.Count == 0)
        {
            var fresh = kinds();
            random.Shuffle(fresh);
            foreach (var fault in fresh)
                cards.Enqueue(fault);
        }

        return cards.Dequeue();
    }
}
