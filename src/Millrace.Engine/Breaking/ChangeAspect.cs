namespace Millrace.Engine.Breaking;

/// <summary>How much a statement's doing can matter to rows, beside the columns that it changed.</summary>
internal enum ChangeAspect
{
    /// <summary>Comments and codecs.</summary>
    Words,

    /// <summary>What is no column and no definition: an index, a projection, a TTL of a column.</summary>
    Other,

    /// <summary>The SELECT, the engine with its clauses, a constraint, or the object itself.</summary>
    Definition,
}
