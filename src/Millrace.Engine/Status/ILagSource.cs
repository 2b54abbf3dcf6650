using Millrace.Core.Model;

namespace Millrace.Engine.Status;

/// <summary>Tells how far a consumer group is behind, for legs whose consumers cannot tell it themselves.</summary>
public interface ILagSource
{
    Task<LagAnswer> AskAsync(Broker broker, string topic, string group, CancellationToken cancel);
}
