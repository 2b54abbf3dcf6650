using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A Merge table reads whatever its pattern matches; a table with another name is no longer among it.</summary>
internal static class MergeMembers
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from merge in facts.After.Objects
        where merge.Engine == "Merge"
        let was = facts.Was(merge)
        where was is not null
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
}
