using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Planning;

namespace Millrace.Cli.Commands;

/// <summary>The words with which a user allows more than what is safe.</summary>
public sealed class AllowOptions
{
    private readonly Option<string[]> destroy = new("--allow-destroy")
    {
        Description = "This object may lose rows or columns; repeatable", HelpName = "NAME",
    };

    private readonly Option<string[]> rewrite = new("--allow-rewrite")
    {
        Description = "Stored rows of this table may be rewritten; repeatable", HelpName = "NAME",
    };

    private readonly Option<string[]> without = new("--without")
    {
        Description = "Go on although this node does not answer: until it has the change too, rows may lack new columns there; repeatable", HelpName = "NODE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(destroy);
        command.Options.Add(rewrite);
        command.Options.Add(without);
    }

    /// <summary>The options as they were given, each after a space, for a command that the user can paste.</summary>
    public string Words(ParseResult arguments) => string.Concat(
        from option in (Option<string[]>[])[destroy, rewrite, without]
        from value in arguments.GetValue(option) ?? []
        select $" {option.Name} {CommandWord.Of(value)}");

    public PlanOptions Read(ParseResult arguments) => new()
    {
        AllowDestroy = [.. arguments.GetValue(destroy) ?? []],
        AllowRewrite = [.. arguments.GetValue(rewrite) ?? []],
        Without = [.. arguments.GetValue(without) ?? []],
    };
}
