namespace Millrace.HashRing;

/// <summary>A ring's lock file does not say what it must; the message names the place in the file and the fault.</summary>
public sealed class RingLockFormatException : FormatException
{
    /// <summary>An error at a place such as <c>epochs[0].shards[1].layers</c>.</summary>
    public RingLockFormatException(string place, string fault, Exception? inner = null)
        : base(place.Length == 0 ? fault : $"{place}: {fault}", inner) => Place = place;

    /// <summary>Where in the file; empty when it is the file as a whole.</summary>
    public string Place { get; }
}
