namespace Millrace.Bench.Ring;

/// <summary>Jump consistent hash (Lamping and Veach, 2014): no state, but shards can only come and go at the end.</summary>
public static class JumpHash
{
    public static int Bucket(ulong key, int buckets)
    {
        long current = -1;
        for (long next = 0; next < buckets;)
        {
            current = next;
            key = unchecked((key * 2862933555777941757) + 1);
            next = (long)((current + 1) * ((double)(1L << 31) / ((key >> 33) + 1)));
        }

        return (int)current;
    }
}
