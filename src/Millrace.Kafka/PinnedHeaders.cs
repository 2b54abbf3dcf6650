using System.Buffers;
using System.Text;
using Millrace.Kafka.Bindings;

namespace Millrace.Kafka;

/// <summary>Holds the headers of one message still while librdkafka copies them.</summary>
internal readonly unsafe struct PinnedHeaders : IDisposable
{
    private readonly MemoryHandle[] names;
    private readonly MemoryHandle[] values;
    private readonly IReadOnlyList<KafkaHeader> headers;

    public PinnedHeaders(IReadOnlyList<KafkaHeader> headers)
    {
        this.headers = headers;
        names = [.. headers.Select(h => Encoding.UTF8.GetBytes(h.Name + '\0').AsMemory().Pin())];
        values = [.. headers.Select(h => h.Value.Pin())];
    }

    public int Count => headers.Count;

    public void CopyTo(RdProduceField* fields)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            fields[i] = new()
            {
                Kind = RdProduceFieldKind.Header,
                First = (nint)names[i].Pointer,
                Second = (nint)values[i].Pointer,
                Third = headers[i].Value.Length,
            };
        }
    }

    public void Dispose()
    {
        foreach (var pin in names.Concat(values))
            pin.Dispose();
    }
}
