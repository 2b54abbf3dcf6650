using System.CommandLine;
using Millrace.Core.Findings;
using Millrace.Core.Layers;
using Millrace.Engine;

namespace Millrace.Cli.Commands.Render;

/// <summary><c>millrace render users</c>: users and profiles of query layers, for <c>users.d</c> of a role's nodes.</summary>
internal static class RenderUsersCommand
{
    public static Command Create()
    {
        var project = new ProjectArguments();
        var role = new Option<string>("--role") { Description = "The role whose nodes get the file", Required = true, HelpName = "ROLE" };
        var output = RenderCommand.Out();
        var command = new Command("users", "Write the users and profiles of query layers, for users.d of one role's nodes") { role, output };
        project.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(project.Folder(arguments));
            if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
                return ExitCode.UserError;
            var name = arguments.GetRequiredValue(role);
            var known = declared.Fleet.Roles.Select(item => item.Name).ToArray();
            var wanted = declared.Fleet.FindRole(name) ?? throw new UserErrorException(
                $"there is no role `{name}`{(DidYouMean.Suggest(name, known) is { } meant ? $": did you mean `{meant}`?" : $"; there are {string.Join(", ", known)}")}");
            var text = LayerUsersXml.Render(declared, wanted)
                ?? throw new UserErrorException($"the nodes of `{name}` need no users of query layers: only query roles do, and storage once a layer has `users`");
            RenderCommand.Write(text, arguments.GetValue(output));
            return ExitCode.Ok;
        });
        return command.WithExamples(
            ("millrace render users --role dashboards --out millrace.xml", "for /etc/clickhouse-server/users.d/ of the layer's nodes"),
            ("millrace render users --role data", "the same users on storage, where their queries read"));
    }
}
