using System.Collections.Immutable;
using Millrace.Engine.Breaking;

namespace Millrace.Testing.Truth;

/// <summary>
/// A file of <c>tests/truth</c>: a world, a change that damages data in it, statements that show the damage, and twins of
/// the change that do the same harmlessly. Sections start with <c>--- before</c>, <c>--- rows</c> (stored before the change),
/// <c>--- change: CODES</c>, <c>--- show</c> and <c>--- harmless: TITLE</c>; <c>--- shown</c>, at the end, is what the engine answered before and after.
/// </summary>
public sealed record TruthCase(
    string Name,
    string File,
    WorldDeclaration Before,
    ImmutableArray<ScriptStatement> Rows,
    ImmutableArray<ScriptStatement> Change,
    ImmutableArray<string> Codes,
    ImmutableArray<ScriptStatement> Show,
    ImmutableArray<(string Title, ImmutableArray<ScriptStatement> Change)> Harmless,
    string Shown)
{
    /// <summary>The line above the recorded answers.</summary>
    public const string ShownMark = "--- shown";

    private const string Mark = "--- ";

    public static ImmutableArray<TruthCase> All(string folder) =>
        [.. Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Everything before the recorded answers.</summary>
    public string Written => System.IO.File.ReadAllText(File).Split($"\n{ShownMark}\n")[0];

    private static TruthCase Read(string file)
    {
        var sections = System.IO.File.ReadAllText(file).Split(Mark, StringSplitOptions.RemoveEmptyEntries)
            .Select(section => section.Split('\n', 2))
            .Select(parts => (Head: parts[0].Trim(), Body: parts[1]))
            .ToList();
        var (name, change) = (Path.GetFileNameWithoutExtension(file), sections.Single(s => s.Head.StartsWith("change:", StringComparison.Ordinal)));
        return new TruthCase(
            name,
            file,
            WorldDeclaration.Of(Body("before"), "before", "default"),
            Statements.Read(Body("rows"), name),
            Statements.Read(change.Body, name),
            [.. change.Head["change:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            Statements.Read(Body("show"), name),
            [.. sections.Where(s => s.Head.StartsWith("harmless:", StringComparison.Ordinal)).Select(s => (s.Head["harmless:".Length..].Trim(), Statements.Read(s.Body, name)))],
            Body("shown"));

        string Body(string head) => sections.FirstOrDefault(s => s.Head == head).Body ?? "";
    }
}
