using System.CommandLine;

namespace Millrace.Cli.Commands.Legs;

/// <summary>Which events of two legs are compared.</summary>
public sealed class ParityOptions
{
    private readonly Option<string?> id = new("--id")
    {
        Description = "The message column that tells events apart; uuid, event_id or id when there is one", HelpName = "COLUMN",
    };

    private readonly Option<int> messages = new("--messages")
    {
        Description = "How many of the latest messages of each leg are compared", DefaultValueFactory = _ => 10_000, HelpName = "N",
    };

    public void AddTo(Command command)
    {
        messages.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= 200_000))
                result.AddError("--messages takes a number from 1 to 200000");
        });
        command.Options.Add(id);
        command.Options.Add(messages);
    }

    public string? Id(ParseResult arguments) => arguments.GetValue(id);

    public int Messages(ParseResult arguments) => arguments.GetValue(messages);
}
