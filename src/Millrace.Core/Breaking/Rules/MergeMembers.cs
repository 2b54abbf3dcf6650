using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A Merge table reads whatever its pattern matches; a table with another name is no longer among it.</summary>
internal static class MergeMembers
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) => Left(facts).Concat(Joined(facts)).Concat(AskedByName(facts));

    /// <summary>Merge tables that were there before.</summary>
    private static IEnumerable<(ObjectState Was, ObjectState Now)> Merges(ChangeFacts facts) =>
        from merge in facts.After.Objects
        where merge.Engine == "Merge"
        let was = facts.Was(merge)
        where was is not null
        select (was, merge);

    private static IEnumerable<Breakage> Left(ChangeFacts facts) =>
        from pair in Merges(facts)
        let was = pair.Was
        let merge = pair.Now
        from name in was.Sources.Except(merge.Sources)
        let member = facts.Before!.Beside(was, name)
        let renamed = member is null ? null : facts.After.Objects.FirstOrDefault(item => item.Ref.Role == merge.Ref.Role && item.Uuid == member.Uuid && item.Uuid.Length > 0)
        where renamed is not null && !merge.Sources.Contains(renamed.Name)
        select new Breakage("MR344", Severity.Error,
            $"rows of `{renamed.Ref}` are no longer read through `{merge.Ref}`: its pattern matches `{name}`, the former name, only")
        {
            Where = merge.Ref,
            Causes = [renamed.Ref, new ObjectRef(merge.Ref.Role, name)],
            Path = Flow.Text(facts.After, null, renamed.Ref, merge.Ref),
            Fix = "a name that the pattern matches, or a wider pattern first",
        };

    /// <summary>A name that the pattern matches as well, of something that holds rows which are read already, or that were read elsewhere.</summary>
    private static IEnumerable<Breakage> Joined(ChangeFacts facts)
    {
        foreach (var (was, merge) in Merges(facts))
        {
            var members = merge.Sources.Select(name => facts.After.Beside(merge, name)).OfType<ObjectState>().ToList();
            var former = was.Sources.Select(name => facts.Before!.Beside(was, name)).OfType<ObjectState>().Select(item => item.Uuid).ToHashSet(StringComparer.Ordinal);
            foreach (var member in members.Where(item => !former.Contains(item.Uuid) && !was.Sources.Contains(item.Name)))
            {
                var twin = members.FirstOrDefault(other => other.Ref != member.Ref && former.Contains(other.Uuid) && Shares(facts, other, member));
                var earlier = facts.Before!.Objects.FirstOrDefault(item => item.Uuid == member.Uuid && item.Uuid.Length > 0 && MergingEngine.Stores(item.Engine));
                if (twin is not null || earlier is not null)
                    yield return Describe(facts, merge, member, twin, earlier);
            }

            // The copy has the name of a table that was there, and that table another one which matches too.
            foreach (var kept in members.Where(item => former.Contains(item.Uuid) && !was.Sources.Contains(item.Name) && facts.Rows.Copied.Contains(item.Uuid)))
                if (members.FirstOrDefault(other => facts.Rows.Filled.Contains(other.Uuid) && !former.Contains(other.Uuid) && was.Sources.Contains(other.Name)) is { } copy)
                    yield return Describe(facts, merge, kept, copy, null);
        }
    }

    /// <summary>One has rows of the other: by a statement of the change, by a view, or by reading it.</summary>
    private static bool Shares(ChangeFacts facts, ObjectState member, ObjectState other) =>
        (facts.Rows.Filled.Contains(other.Uuid) && facts.Rows.Copied.Contains(member.Uuid))
        || Flow.Downstream(facts.After, member).Any(item => item.Ref == other.Ref && item.Engine != "Merge");

    private static Breakage Describe(ChangeFacts facts, ObjectState merge, ObjectState member, ObjectState? twin, ObjectState? earlier) =>
        new("MR344", twin is null ? Severity.Warning : Severity.Error,
            twin is null
                ? $"rows of `{member.Ref}`, which was `{earlier!.Ref}`, are read through `{merge.Ref}` as well: its pattern matches the new name"
                : $"rows are read twice through `{merge.Ref}`: its pattern matches `{member.Ref}` as well, which has those of `{twin.Ref}`")
        {
            Where = merge.Ref,
            Causes = [member.Ref],
            Path = Flow.Text(facts.After, null, member.Ref, merge.Ref),
            Fix = "a name that the pattern does not match, or a narrower pattern",
        };

    /// <summary>A query that asks for the rows of one table, by the name that the Merge table gives with each row.</summary>
    private static IEnumerable<Breakage> AskedByName(ChangeFacts facts) =>
        from pair in Merges(facts)
        let was = pair.Was
        let merge = pair.Now
        from gone in was.Sources.Except(merge.Sources)
        from reader in facts.After.Readers(merge)
        where reader.Constants.Contains(gone.Name) && reader.Shape.AsSelect.Contains("_table", StringComparison.Ordinal)
        select new Breakage("MR344", Severity.Error,
            $"`{reader.Ref}` finds no rows any more: it asks `{merge.Ref}` for those of `{gone}`, and there is no table of that name")
        {
            Where = reader.Ref,
            Causes = [new ObjectRef(merge.Ref.Role, gone), merge.Ref],
            Path = Flow.Text(facts.After, null, merge.Ref, reader.Ref),
            Fix = "keep the name, or change the query with it",
        };
}
