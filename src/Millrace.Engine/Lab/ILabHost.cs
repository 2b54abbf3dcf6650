namespace Millrace.Engine.Lab;

/// <summary>Starts labs: throwaway, empty ClickHouse servers that reach nobody.</summary>
public interface ILabHost
{
    /// <summary>Identifies the engine and its version: answers of equal engines are equal.</summary>
    string EngineId { get; }

    /// <summary>Ports for labs that must know each other before they start.</summary>
    int[] FreePorts(int count);

    /// <exception cref="UserErrorException">There is no engine; the message says how to get one.</exception>
    Task<ILab> StartAsync(LabConfig config, CancellationToken cancel);
}
