using System.Runtime.InteropServices;
using Millrace.Engine;
using Millrace.Kafka.Bindings;

namespace Millrace.Kafka;

/// <summary>One librdkafka client: made from options, remembers the last connection error for better messages.</summary>
internal sealed unsafe class KafkaClient : IDisposable
{
    private readonly GCHandle self;
    private volatile string? lastError;

    public KafkaClient(
        int kind,
        IEnumerable<KeyValuePair<string, string>> options,
        delegate* unmanaged<nint, RdMessage*, nint, void> onDelivered = null)
    {
        self = GCHandle.Alloc(this);
        var config = RdKafka.NewConfig();
        try
        {
            foreach (var (name, value) in options)
                Set(config, name, value);
            RdKafka.SetOpaque(config, GCHandle.ToIntPtr(self));
            RdKafka.SetLogCallback(config, 0); // Its own log lines would go to standard error.
            RdKafka.SetErrorCallback(config, &RememberError);
            if (onDelivered is not null)
                RdKafka.SetDeliveryCallback(config, onDelivered);
            Handle = Create(kind, config);
        }
        catch
        {
            RdKafka.DestroyConfig(config);
            self.Free();
            throw;
        }
    }

    public RdKafkaHandle Handle { get; }

    /// <summary>State that the delivery callback belongs to.</summary>
    public DeliveryCount Deliveries { get; } = new();

    public static KafkaClient FromOpaque(nint opaque) => (KafkaClient)GCHandle.FromIntPtr(opaque).Target!;

    /// <exception cref="KafkaException"><paramref name="code"/> is not zero.</exception>
    public void Check(int code, string what)
    {
        if (code == 0)
            return;
        _ = RdKafka.Poll(Handle, 0); // Serves the error callback.
        throw RdKafka.Error(code, what, lastError);
    }

    public void Dispose()
    {
        Handle.Dispose();
        if (self.IsAllocated)
            self.Free();
    }

    private static void Set(nint config, string name, string value)
    {
        var error = stackalloc byte[256];
        if (RdKafka.SetConfig(config, name, value, error, 256) != 0)
            throw new UserErrorException($"Kafka option `{name}`: {RdKafka.Text(new ReadOnlySpan<byte>(error, 256))}");
    }

    private static RdKafkaHandle Create(int kind, nint config)
    {
        var error = stackalloc byte[256];
        var handle = RdKafka.New(kind, config, error, 256);
        return handle.IsInvalid
            ? throw new UserErrorException($"the Kafka client refused its options: {RdKafka.Text(new ReadOnlySpan<byte>(error, 256))}")
            : handle;
    }

    [UnmanagedCallersOnly]
    private static void RememberError(nint client, int code, nint reason, nint opaque) =>
        FromOpaque(opaque).lastError = RdKafka.Text(reason);
}
