using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>The default of async_insert changed with patch releases: an upgrade then changes how inserts are batched.</summary>
internal static class AsyncInsertUnpinned
{
    public const string Code = "MR271";

    public static DoctorRule Rule { get; } = new(Code, "async_insert is left to the version", Check);

    private const string Setting = "async_insert";

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        let places = ProfileFindings.Profiles(node, Setting, value => !value.IsPinned)
        where places is not null
        select Finding.Warning(
            Code,
            $"{Setting} is not set in {places}",
            fix: "<async_insert>0</async_insert> (or 1, but chosen) in the profile").On(node.Node.Name);
}
