using System.CommandLine;
using Millrace.Cli.Output;

namespace Millrace.Cli.Commands;

/// <summary>What to do when another apply is at work.</summary>
public sealed class LockOptions
{
    private readonly Option<string?> wait = new("--wait")
    {
        Description = "Wait this long while another apply is at work, such as 60s; refuse at once unless given", HelpName = "TIME",
    };

    private readonly Option<bool> force = new("--force-unlock")
    {
        Description = "Take the lock away from an apply that is stuck; it stops before its next statement",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(wait);
        command.Options.Add(force);
    }

    public TimeSpan Wait(ParseResult arguments) =>
        arguments.GetValue(wait) is { } text ? Duration.Parse(text) : TimeSpan.Zero;

    public bool Force(ParseResult arguments) => arguments.GetValue(force);
}
