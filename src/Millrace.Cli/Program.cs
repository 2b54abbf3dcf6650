using System.CommandLine;
using Millrace.Cli;
using Millrace.Cli.Output;

var root = new RootCommand("Millrace turns a fleet of ClickHouse servers into a stream processor and keeps it one.");
foreach (var command in CommandList.All())
    root.Subcommands.Add(command);

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
