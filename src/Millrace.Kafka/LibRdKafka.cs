using System.Runtime.InteropServices;
using Millrace.Engine;

namespace Millrace.Kafka;

/// <summary>Finds librdkafka, the Kafka client that ClickHouse itself uses.</summary>
public static class LibRdKafka
{
    /// <summary>Environment variable that names the library's file and overrides the search.</summary>
    public const string Variable = "MILLRACE_LIBRDKAFKA";

    private static readonly string[] Names =
        ["librdkafka.so.1", "librdkafka.so", "librdkafka.dylib", "/opt/homebrew/lib/librdkafka.dylib"];

    /// <exception cref="UserErrorException">It is not installed; the message says how to get it.</exception>
    internal static nint Load()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        foreach (var name in string.IsNullOrEmpty(named) ? Names : [named])
        {
            if (NativeLibrary.TryLoad(name, out var library))
                return library;
        }

        throw new UserErrorException(
            string.IsNullOrEmpty(named)
                ? $"librdkafka was not found: Kafka brokers cannot be reached. Install it (`apt-get install librdkafka1`, `brew install librdkafka`), or point {Variable} at librdkafka.so.1."
                : $"{Variable} names {named}, which cannot be loaded. Correct it, or unset it to use the system's librdkafka.");
    }
}
