using System.CommandLine;
using Millrace.Core.Legs;
using Millrace.Core.Model;
using Millrace.Engine;

namespace Millrace.Cli.Commands.Legs;

/// <summary>Two legs of one pipeline, as the command line names them.</summary>
public sealed class LegChoice
{
    private readonly Option<string> to = new("--to") { Description = "The leg that stays", HelpName = "LEG", Required = true };

    private readonly Option<string?> from = new("--from")
    {
        Description = "The leg that goes; needed only where a pipeline has more than two", HelpName = "LEG",
    };

    private readonly Option<string?> pipeline = new("--pipeline")
    {
        Description = "Needed only where several pipelines have such a leg", HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(to);
        command.Options.Add(from);
        command.Options.Add(pipeline);
    }

    /// <exception cref="UserErrorException">The project has no such legs, or several.</exception>
    public (Pipeline Pipeline, Leg Old, Leg New) Find(Project project, ParseResult arguments)
    {
        var (wanted, name) = (arguments.GetRequiredValue(to), arguments.GetValue(pipeline));
        var fitting = project.Pipelines
            .Where(p => (name is null || p.Name == name) && p.Legs.Any(leg => leg.Name == wanted))
            .ToList();
        if (fitting is not [var chosen])
            throw new UserErrorException(fitting.Count == 0
                ? $"no pipeline{(name is null ? "" : $" `{name}`")} has a leg `{wanted}`: {Legs(project)}"
                : $"several pipelines have a leg `{wanted}`: add --pipeline {string.Join(" or ", fitting.Select(p => p.Name))}");
        var others = chosen.Legs.Where(leg => leg.Name != wanted && (arguments.GetValue(from) is not { } old || leg.Name == old)).ToList();
        return others is [var only]
            ? (chosen, only, chosen.Legs.First(leg => leg.Name == wanted))
            : throw new UserErrorException(others.Count == 0
                ? $"pipeline `{chosen.Name}` has no other leg to compare with: {Legs(project)}"
                : $"pipeline `{chosen.Name}` has several other legs: add --from {string.Join(" or ", others.Select(leg => leg.Name))}");
    }

    /// <summary>The two legs out of what was read.</summary>
    public static (LegProgress Old, LegProgress New) Pick(IReadOnlyList<LegProgress> read, Leg old, Leg @new) =>
        (read.First(leg => leg.Leg.Name == old.Name), read.First(leg => leg.Leg.Name == @new.Name));

    private static string Legs(Project project) =>
        "there are " + string.Join(", ", project.Pipelines.SelectMany(p => p.Legs.Select(leg => $"{p.Name}/{leg.Name}")));
}
