using Millrace.Engine.Specs;

namespace Millrace.Engine.Watch;

/// <summary>Where the declaration comes from, which may change while it is watched.</summary>
public interface IDeclarationSource
{
    /// <summary>Reads the declaration if it has changed since it was last read; null when it has not.</summary>
    LoadResult? ReadIfChanged();
}
