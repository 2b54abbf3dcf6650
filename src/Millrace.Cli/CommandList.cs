using System.CommandLine;
using Millrace.Cli.Commands;
using Millrace.Cli.Commands.Backfill;
using Millrace.Cli.Commands.Collections;
using Millrace.Cli.Commands.Dev;
using Millrace.Cli.Commands.Legs;
using Millrace.Cli.Commands.Render;
using Millrace.Cli.Commands.Rings;

namespace Millrace.Cli;

/// <summary>Every command of the tool, in the order that help shows them.</summary>
public static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        InitCommand.Create(),
        CheckCommand.Create(),
        LineageCommand.Create(),
        ImpactCommand.Create(),
        PlanCommand.Create(),
        ApplyCommand.Create(),
        BackfillCommand.Create(),
        HistoryCommand.Create(),
        StatusCommand.Create(),
        LegCommand.Create(),
        DoctorCommand.Create(),
        DriftCommand.Create(),
        WatchCommand.Create(),
        RingCommand.Create(),
        RenderCommand.Create(),
        CollectionsCommand.Create(),
        DevCommand.Create(),
        SchemaCommand.Create(),
        CompletionCommand.Create(),
        NodeCommand.Create(),
        BrokerCommand.Create(),
    ];
}
