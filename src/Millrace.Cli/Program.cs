using System.CommandLine;
using Millrace.Cli;
using Millrace.Cli.Output;

var root = new RootCommand("Millrace turns a fleet of ClickHouse servers into a stream processor and keeps it one.");
foreach (var command in CommandList.All())
    root.Subcommands.Add(command);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error)
{
    return ErrorReport.Write(error);
}
