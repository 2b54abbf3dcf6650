using Millrace.Core.Breaking;
using Millrace.Core.Findings;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Lab;

/// <summary>What the engine said of a declaration, as a finding.</summary>
public static class LabFinding
{
    /// <summary>A statement that the lab does not run.</summary>
    public static Finding Of(EngineFault refusal, SourceRef? at) =>
        Finding.Error("MR132", $"this statement is not judged: {refusal.Message}", at, EngineFault.WriteColumns);

    internal static Finding Of(SourceRef? at, string what, ServerErrorException error, string sql) => new(
        "MR130",
        Severity.Error,
        $"ClickHouse does not accept {what}: {error.Message} ({error.Name})",
        at,
        Fix: null,
        Detail: sql);
}
