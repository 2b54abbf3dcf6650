using Millrace.Core.Findings;

namespace Millrace.Core.Checks;

/// <summary>What to say about a name that refers to nothing.</summary>
internal static class KnownNames
{
    private const int MostListed = 12;

    public static string Fix(string written, IReadOnlyCollection<string> known, string declareIn) =>
        DidYouMean.Suggest(written, known) is { } meant ? $"did you mean `{meant}`?"
        : known.Count == 0 ? $"declare it {declareIn}"
        : $"declare it {declareIn}, or use one of: {string.Join(", ", known.Take(MostListed))}{(known.Count > MostListed ? ", ..." : "")}";
}
