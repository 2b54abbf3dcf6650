using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs;

/// <summary>Fills in <c>${env:NAME}</c> and <c>${file:PATH}</c>, and remembers the values, so that none is ever printed.</summary>
internal sealed partial class ValueReferences(string folder, Func<string, string?> environment)
{
    private const int LargestFile = 64 * 1024;

    private readonly HashSet<(Secret Value, string Reference)> _resolved = [];

    public Redaction Redaction => new([.. _resolved]);

    /// <summary>Keeps a value out of everything that is printed.</summary>
    public void Hide(Secret secret)
    {
        if (_resolved.All(r => !r.Value.Equals(secret)))
            _resolved.Add((secret, Secret.Placeholder));
    }

    /// <summary>The text with every reference filled in; false, with a finding, when one cannot be.</summary>
    public bool TryResolve(YamlScalar scalar, FindingList findings, out string text)
    {
        var complete = true;
        text = scalar.Text;
        if (!text.Contains("${", StringComparison.Ordinal))
            return true;
        text = Reference().Replace(text, match =>
        {
            if (match.ValueSpan.StartsWith("$$"))
                return match.Value[1..];
            var value = Resolve(match, scalar.At, findings);
            complete &= value is not null;
            return value ?? "";
        });
        return complete;
    }

    private string? Resolve(Match match, SourceRef at, FindingList findings)
    {
        var (kind, name) = (match.Groups["kind"].Value, match.Groups["name"].Value);
        var value = kind switch
        {
            "env" => FromEnvironment(name, at, findings),
            "file" => FromFile(name, at, findings),
            _ => Unknown(match.Value, kind, name, at, findings),
        };
        if (!string.IsNullOrEmpty(value))
            _resolved.Add((new Secret(value), match.Value));
        return value;
    }

    private string? FromEnvironment(string name, SourceRef at, FindingList findings)
    {
        var value = environment(name);
        if (value is null)
            findings.Error(
                SpecCodes.UnresolvedReference,
                $"the environment variable `{name}` is not set",
                at,
                $"export {name}=...");
        return value;
    }

    private string? FromFile(string name, SourceRef at, FindingList findings)
    {
        try
        {
            var path = Path.Combine(folder, name);
            if (new FileInfo(path).Length <= LargestFile)
                // Editors and `echo` end a file with a newline that is no part of the secret.
                return File.ReadAllText(path).TrimEnd('\r', '\n');
            findings.Error(
                SpecCodes.UnresolvedReference,
                $"the file `{name}` is larger than {LargestFile / 1024} KB",
                at,
                "a value fits in less");
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var why = error is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read";
            findings.Error(
                SpecCodes.UnresolvedReference,
                $"the file `{name}` {why}",
                at,
                "paths are relative to the project folder");
        }

        return null;
    }

    private static string? Unknown(string written, string kind, string name, SourceRef at, FindingList findings)
    {
        var fix = kind.Length == 0
            ? $"write ${{env:{name}}} for an environment variable, or $${{{name}}} for the text itself"
            : "write ${env:NAME} or ${file:PATH}, or $${ for the text `${` itself";
        findings.Error(SpecCodes.BadReference, $"`{written}` is not a reference that can be filled in", at, fix);
        return null;
    }

    [GeneratedRegex(@"\$?\$\{(?:(?<kind>[A-Za-z]+):)?(?<name>[^{}\r\n]*)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
