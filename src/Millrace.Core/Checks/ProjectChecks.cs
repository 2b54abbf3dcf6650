using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Every rule that needs nothing but the declaration, in the order of their codes.</summary>
public static class ProjectChecks
{
    public static IEnumerable<Finding> Run(Project project) => Rules.SelectMany(rule => rule(project));

    private static readonly Func<Project, IEnumerable<Finding>>[] Rules =
    [
    ];
}
