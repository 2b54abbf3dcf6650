using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Core.Findings;
using Millrace.Core.Planning;

namespace Millrace.Core.Journal;

/// <summary>What of a step may be written down.</summary>
/// <param name="redaction">Takes the values of the project's secret references out.</param>
public sealed partial class JournalText(Redaction redaction)
{
    /// <summary>What a server shows in place of a secret.</summary>
    private const string HiddenByServer = "[HIDDEN]";

    /// <summary>
    /// The statements of a step. Where the server itself hides something in an object's definition, the statements spell
    /// it out: then the definition as the server shows it stands for them.
    /// </summary>
    public string Statements(Step step)
    {
        var definitions = step.Before.Concat(step.Expect).Select(state => state.Shape?.CreateQuery).OfType<string>().Distinct().ToImmutableArray();
        var texts = definitions.Any(text => text.Contains(HiddenByServer, StringComparison.Ordinal)) ? definitions : step.Statements;
        return Clean(string.Join(";\n", texts));
    }

    public string Clean(string text) => Literal().Replace(redaction.Apply(text), "${key}'[hidden]'");

    /// <summary>SHA-256 in hexadecimal digits, over the cleaned text: a hash of a short secret would give it away.</summary>
    public static string Hash(string cleaned) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cleaned)));

    /// <summary>Literals after words that announce a secret, as in <c>PASSWORD 'x'</c>, <c>kafka_sasl_password = 'x'</c>.</summary>
    [GeneratedRegex(
        @"(?<key>\b\w*(password|secret|token|access_key)\w*\b\s*(=|,|\()?\s*|\bIDENTIFIED\s+(WITH\s+\w+\s+)?BY\s+)'(\\.|''|[^'\\])*'",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literal();
}
