using Millrace.Bench.Chaos.Faults;

namespace Millrace.Bench.Chaos;

/// <summary>Faults in random order, like cards: each kind comes once before any comes again.</summary>
internal sealed class FaultDeck(Random random)
{
    private readonly Queue<IFault> cards = [];

    /// <summary>A fresh one of each kind.</summary>
    public static IFault[] Kinds() =>
    [
        new WipedIngestion(), new WipedIngestionWithFullHands(), new KilledStorage(), new CutBroker(), new KilledApply(),
        new KilledWatch(), new Garbage(),
    ];

    public IFault Draw()
    {
        if (cards.Count == 0)
        {
            var kinds = Kinds();
            random.Shuffle(kinds);
            foreach (var kind in kinds)
                cards.Enqueue(kind);
        }

        return cards.Dequeue();
    }
}
