using Millrace.Core.Planning;
using Millrace.Engine;

namespace Millrace.Cli.Output;

/// <summary>Asks before something is destroyed, and only then. Without a terminal it refuses rather than hangs.</summary>
public static class Consent
{
    public static void Ask(Plan plan, bool yes)
    {
        if (yes || plan.WorstRisk < Risk.Destroys)
            return;
        if (Console.IsInputRedirected)
            throw new UserErrorException("this plan destroys rows or values, and there is no terminal to ask on: add --yes if you mean it");
        Console.Error.Write("This destroys rows or values. Type `yes` to go on: ");
        if (Console.ReadLine()?.Trim() != "yes")
            throw new UserErrorException("not applied; nothing was changed");
    }
}
