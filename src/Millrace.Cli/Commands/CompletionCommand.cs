using System.CommandLine;
using Millrace.Cli.Output;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace completion</c>: the script that lets a shell complete commands and options.</summary>
public static class CompletionCommand
{
    // The tool itself knows what can follow: the scripts only ask it, so that they never go stale.
    private const string Bash = """
        _millrace() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(millrace "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _millrace millrace
        """;

    private const string Zsh = """
        #compdef millrace
        _millrace() {
          local -a found
          found=("${(@f)$(millrace "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a found || _files
        }
        compdef _millrace millrace
        """;

    private const string Fish = """
        complete -c millrace -a '(millrace "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print the script that completes commands and options in a shell") { shell };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(shell), Terminal.StandardOutput()));
        return command.WithExamples(
            ("source <(millrace completion bash)", "for this session; put it into ~/.bashrc to keep it"),
            ("millrace completion zsh > ~/.zfunc/_millrace", "a folder of your $fpath"),
            ("millrace completion fish > ~/.config/fish/completions/millrace.fish", ""));
    }

    internal static int Run(string shell, Terminal terminal)
    {
        terminal.Out.WriteLine(shell switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
        return ExitCode.Ok;
    }
}
