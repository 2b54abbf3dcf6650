using System.CommandLine;

namespace Millrace.Cli.Commands.Render;

/// <summary><c>millrace render</c>: configuration of others, out of the declaration.</summary>
public static class RenderCommand
{
    public static Command Create() => new("render", "Write configuration for what stands around the nodes")
    {
        RenderHaproxyCommand.Create(),
        RenderUsersCommand.Create(),
        RenderCollectionsCommand.Create(),
    };

    internal static Option<string?> Out() => new("--out") { Description = "Write into this file instead of standard output", HelpName = "FILE" };

    /// <summary>Replaces the file as a whole: whoever watches it never sees half of it.</summary>
    internal static void Write(string text, string? file)
    {
        if (file is null)
        {
            Console.Out.Write(text);
            return;
        }

        var draft = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(draft, text);
        File.Move(draft, file, overwrite: true);
        Console.Error.WriteLine($"wrote {file}");
    }
}
