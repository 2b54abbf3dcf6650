using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>One view of a leg, or its stream table: as declared, and as it stands on a node.</summary>
internal sealed record ViewState(CanonicalObject Wanted, ObjectShape? Observed)
{
    public ObjectName Name => Wanted.Name;

    public bool IsSame => Observed is not null && Observed.Equals(Wanted.Shape);

    /// <summary>True when ALTER can bring it to its declaration.</summary>
    public bool CanStay =>
        Observed is { Engine: "MaterializedView" } && Observed.Target == Wanted.Shape.Target && (IsSame || QueryChanged || CommentChanged);

    public bool QueryChanged =>
        Observed is not null
        && (Observed.AsSelect != Wanted.Shape.AsSelect || !Observed.Columns.SequenceEqual(Wanted.Shape.Columns));

    private bool CommentChanged => Observed is not null && Observed.Comment != Wanted.Shape.Comment;

    public string? Reason =>
        Observed is null ? $"view {Name.Name} missing"
        : !CanStay ? $"view {Name.Name} made anew"
        : QueryChanged ? $"view {Name.Name}: SELECT changed"
        : null;

    public ImmutableArray<string> Alterations()
    {
        var statements = ImmutableArray.CreateBuilder<string>();
        if (QueryChanged)
            statements.Add(AlterSql.Query(Name, Wanted.Shape.AsSelect));
        if (CommentChanged)
            statements.Add(AlterSql.Comment(Name, Wanted.Shape.Comment));
        return statements.ToImmutable();
    }

    public ImmutableArray<string> Creation() =>
        Observed is null ? [Wanted.Declared.CreateSql] : [.. DropSql.Of(Observed), Wanted.Declared.CreateSql];
}
