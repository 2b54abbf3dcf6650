using System.CommandLine;
using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Millrace.Engine;

namespace Millrace.Cli.Commands.Render;

/// <summary><c>millrace render collections</c>: named collections for <c>config.d</c> of one role's nodes.</summary>
internal static class RenderCollectionsCommand
{
    public static Command Create()
    {
        var project = new ProjectArguments();
        var role = new Option<string>("--role") { Description = "The role whose nodes get the file", Required = true, HelpName = "ROLE" };
        var output = new Option<string?>("--out") { Description = "Write values and all into this file, for your eyes only; without it, values are hidden", HelpName = "FILE" };
        var command = new Command("collections", "Write the named collections of brokers and connections, for config.d of one role's nodes") { role, output };
        project.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(project.Folder(arguments));
            if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
                return ExitCode.UserError;
            var name = arguments.GetRequiredValue(role);
            var needed = FleetCollections.NeededBy(declared, name);
            if (needed.IsEmpty)
                throw new UserErrorException($"no pipeline of the role `{name}` needs a collection");
            var file = arguments.GetValue(output);
            var shown = file is null ? [.. needed.Select(Hidden)] : needed;
            var text = NodeConfigXml.Render(new NodeConfig { Collections = shown });
            if (file is not null)
                WritePrivate(file, text);
            else
                Console.Out.Write(text);
            return ExitCode.Ok;
        });
        return command.WithExamples(
            ("millrace render collections --role events --out collections.xml", "for /etc/clickhouse-server/config.d/ of the ingestion nodes"));
    }

    private static NamedCollection Hidden(NamedCollection collection) => new(
        collection.Name, [.. collection.Entries.Select(entry => new KeyValuePair<string, Secret>(entry.Key, new Secret(Secret.Placeholder)))]);

    private static void WritePrivate(string file, string text)
    {
        var draft = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.Write(text);
        File.Move(draft, file, overwrite: true);
        Console.Error.WriteLine($"wrote {file}");
    }
}
