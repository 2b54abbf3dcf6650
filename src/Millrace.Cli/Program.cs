using System.CommandLine;
using Millrace.Cli;
using Millrace.Cli.Commands;
using Millrace.Cli.Output;

var root = new RootCommand("Millrace turns a fleet of ClickHouse servers into a stream processor and keeps it one.");
foreach (var command in CommandList.All())
    root.Subcommands.Add(command);
HelpWithExamples.AddTo(root);
root.WithExamples(
    ("millrace dev demo", "the whole thing on this machine, in a minute"),
    ("millrace init shop && cd shop", "a commented project to start from"),
    ("millrace plan && millrace apply", "see what would change on the fleet, then change it"));

// An interrupted command may have servers to stop; they take a few seconds on a busy machine.
var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
try
{
    return await root.Parse(args).InvokeAsync(invocation);
}
catch (Exception error)
{
    return ErrorReport.Write(error);
}
