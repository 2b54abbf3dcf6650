using System.Collections.Immutable;
using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Locking;
using Millrace.Core.Model;
using Millrace.Engine.Collections;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Cli.Commands.Collections;

/// <summary><c>millrace collections apply</c>: creates collections, or sets every value anew and lets the tables read them.</summary>
internal sealed class CollectionsApplyCommand
{
    private readonly ProjectArguments project = new();
    private readonly LockOptions locking = new();
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new CollectionsApplyCommand().Build();

    private Command Build()
    {
        var command = new Command("apply", "Create the collections, or set their values anew; tables that read them are made anew, node after node") { json };
        project.AddTo(command);
        locking.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(("millrace collections apply", "after a password was changed"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(project.Folder(arguments));
        if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
            return ExitCode.UserError;
        var terminal = Terminal.StandardOutput();
        var done = await UnderLockAsync(services, declared, arguments, cancel);
        CollectionText.Write(terminal, done, arguments.GetValue(json), project.Redaction);
        return done.Any(item => item.Trouble.Length > 0) ? ExitCode.NodesFailed : ExitCode.Ok;
    }

    private async Task<ImmutableArray<NodeCollection>> UnderLockAsync(Services services, Project declared, ParseResult arguments, CancellationToken cancel)
    {
        var stores = await LeaseStores.ForBackfillAsync(StorageNodes.Declared(declared.Fleet, services.Connector), cancel);
        var request = new LockRequest(
            LocalProcess.Holder(project.Redaction), "collections", locking.Wait(arguments), locking.Force(arguments), Console.Error.WriteLine);
        await using var lease = await new FleetLock(stores, LeaseTiming.Default, TimeProvider.System).TakeAsync(request, cancel);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Lost);
        return await new CollectionRollout(new FencedConnector(services.Statements, lease), declared)
            .ApplyAsync(node => Console.Error.WriteLine($"{node} done"), either.Token);
    }
}
