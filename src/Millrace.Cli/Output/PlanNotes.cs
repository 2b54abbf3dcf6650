namespace Millrace.Cli.Output;

/// <summary>What a reader of a plan must know beside its steps: a word, a sentence, and what to do.</summary>
internal sealed class PlanNotes(Terminal terminal)
{
    private const int WordWidth = 11;

    public bool Any { get; private set; }

    public void Write(string word, string sentence, string action)
    {
        Any = true;
        terminal.Out.WriteLine($"{terminal.Paint(word.PadRight(WordWidth), Ink.Yellow)}{sentence}");
        terminal.Out.WriteLine($"{"",WordWidth}{terminal.Paint(action, Ink.Cyan)}");
    }
}
