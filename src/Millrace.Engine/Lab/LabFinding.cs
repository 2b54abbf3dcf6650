using Millrace.Core.Findings;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Lab;

/// <summary>What the engine said of a declaration, as a finding.</summary>
internal static class LabFinding
{
    public static Finding Of(SourceRef? at, string what, ServerErrorException error, string sql) => new(
        "MR130",
        Severity.Error,
        $"ClickHouse does not accept {what}: {error.Message} ({error.Name})",
        at,
        Fix: null,
        Detail: sql);
}
