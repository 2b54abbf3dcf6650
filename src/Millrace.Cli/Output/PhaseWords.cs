using Millrace.Core.Planning;

namespace Millrace.Cli.Output;

/// <summary>Phases in people's words.</summary>
public static class PhaseWords
{
    public static string Of(Phase phase) => phase switch
    {
        Phase.NotReady => "taking readiness away",
        Phase.StopLegs => "stopping legs that leave",
        Phase.DropViews => "dropping views",
        Phase.Databases => "databases",
        Phase.ExpandStorage => "storage tables",
        Phase.ExpandRead => "read tables",
        Phase.ExpandWritable => "writable tables",
        Phase.Legs => "Kafka tables and views",
        Phase.ContractWritable => "narrowing writable tables",
        Phase.ContractRead => "narrowing read tables",
        Phase.ContractStorage => "narrowing storage tables",
        Phase.Ready => "readiness",
        _ => phase.ToString(),
    };
}
