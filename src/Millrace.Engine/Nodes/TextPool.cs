using System.Text;

namespace Millrace.Engine.Nodes;

/// <summary>
/// One string for equal texts: the types, codecs and database names of a fleet's columns repeat endlessly. It remembers
/// recent texts only, so that it never grows. Not safe for concurrent use.
/// </summary>
public sealed class TextPool
{
    private const int Size = 1024;

    private readonly (byte[] Utf8, string Text)[] _recent = new (byte[], string)[Size];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        var hash = default(HashCode);
        hash.AddBytes(utf8);
        ref var slot = ref _recent[(uint)hash.ToHashCode() % Size];
        if (slot.Text is null || !utf8.SequenceEqual(slot.Utf8))
            slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return slot.Text;
    }
}
