using System.Text.RegularExpressions;
using Millrace.Core.Findings;

namespace Millrace.Cli.Output;

/// <summary>The lines of the user's files that findings point at, with secrets taken out.</summary>
public sealed partial class SourceLines(string folder, Redaction redaction)
{
    private readonly Dictionary<string, string[]> _files = new(StringComparer.Ordinal);

    /// <summary>The line, or null when the place has none or the file cannot be read any more.</summary>
    public string? Find(SourceRef at)
    {
        var lines = at.Line == 0 ? [] : Lines(at.File);
        if (at.Line < 1 || at.Line > lines.Length)
            return null;
        // A file that is not valid YAML has no known secrets yet: what looks like one is masked by its key.
        return Password().Replace(
            redaction.Apply(lines[at.Line - 1]), m => m.Groups["key"].Value + Core.Model.Secret.Placeholder);
    }

    private string[] Lines(string file)
    {
        if (_files.TryGetValue(file, out var known))
            return known;
        try
        {
            return _files[file] = [.. File.ReadAllText(Path.Combine(folder, file)).Split('\n').Select(l => l.TrimEnd('\r'))];
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The finding stands without its line.
            return _files[file] = [];
        }
    }

    [GeneratedRegex(
        @"(?<key>://)[^\s/@]+(?=@)|(?<key>(password|secret|token)\w*[""']?\s*:\s*)(?!\s*[""']?\$\{(env|file):[^{}]*\})([""'][^""']*[""']?|[^\s,}][^,}]*)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();
}
