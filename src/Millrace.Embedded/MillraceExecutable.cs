using Millrace.Engine;

namespace Millrace.Embedded;

/// <summary>Finds the <c>millrace</c> executable, which child processes run.</summary>
public static class MillraceExecutable
{
    /// <summary>Environment variable that names the executable and overrides the search.</summary>
    public const string Variable = "MILLRACE_EXE";

    /// <summary>The executable's path: <c>MILLRACE_EXE</c>, this process itself, or the one beside this library.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static string Locate()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        string?[] candidates = string.IsNullOrEmpty(named)
            ? [Self(), Path.Combine(AppContext.BaseDirectory, "millrace")]
            : [named];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new UserErrorException(
                $"the millrace executable was not found (looked at {string.Join(", ", candidates.OfType<string>())}). "
                + $"Build it with `./run build`, or point {Variable} at it.");
    }

    private static string? Self() =>
        Path.GetFileName(Environment.ProcessPath) == "millrace" ? Environment.ProcessPath : null;
}
