using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Model;

namespace Millrace.Core.Findings;

/// <summary>Puts the reference back where a value that came from the environment or a file would be printed.</summary>
/// <param name="values">Each value with the reference that stands for it, such as <c>${env:PASSWORD}</c>.</param>
public sealed class Redaction(ImmutableArray<(Secret Value, string Reference)> values)
{
    /// <summary>Shorter values are only replaced as whole words: a port of 1 must not eat every 1 of a message.</summary>
    private const int ShortestAnywhere = 4;

    public static Redaction None { get; } = new([]);

    private readonly ImmutableArray<(Secret Value, string Reference)> _values =
        [.. values.Where(v => !v.Value.IsEmpty).OrderByDescending(v => v.Value.Reveal().Length)];

    public string Apply(string text)
    {
        foreach (var (value, reference) in _values)
            text = Replace(text, value.Reveal(), reference);
        return text;
    }

    public Finding Apply(Finding finding) => _values.IsEmpty ? finding : finding with
    {
        Message = Apply(finding.Message),
        Fix = finding.Fix is { } fix ? Apply(fix) : null,
        Detail = finding.Detail is { } detail ? Apply(detail) : null,
    };

    private static string Replace(string text, string value, string reference)
    {
        if (value.Length >= ShortestAnywhere)
            return text.Replace(value, reference, StringComparison.Ordinal);
        var word = $@"(?<!\w){Regex.Escape(value)}(?!\w)";
        return Regex.Replace(text, word, _ => reference, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
