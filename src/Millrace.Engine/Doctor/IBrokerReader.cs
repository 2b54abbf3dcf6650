using System.Collections.Immutable;
using Millrace.Core.Doctor;
using Millrace.Core.Model;

namespace Millrace.Engine.Doctor;

/// <summary>Asks Kafka backends what only they can say. A backend that does not answer is a value, not an exception.</summary>
public interface IBrokerReader
{
    /// <param name="groups">Topics with the consumer groups whose lag is wanted.</param>
    Task<BrokerVitals> ReadAsync(Broker broker, ImmutableArray<(string Topic, string Group)> groups, CancellationToken cancel);
}
