namespace Millrace.Core.Breaking;

/// <summary>A column that no change touches, and that values reach now which could not come before it: it alters or refuses them.</summary>
public sealed record Narrowing(ObjectRef Table, string Column)
{
    /// <summary>A value that comes, and what becomes of it; empty where it is refused.</summary>
    public string Sent { get; init; } = "";

    public string Stored { get; init; } = "";

    /// <summary>Why the insert fails; null where values are altered.</summary>
    public EngineFault? Fault { get; init; }
}
