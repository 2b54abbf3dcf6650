using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>The HTTP or HTTPS address of a server: scheme, host and port, and nothing else.</summary>
internal sealed class UrlShape : ScalarShape<Uri>
{
    public override string Noun => "an address such as `http://10.0.0.1:8123`";

    protected override bool TryParse(string text, YamlScalar scalar, [MaybeNullWhen(false)] out Uri value)
    {
        value = null;
        if (!text.StartsWith("http://", StringComparison.Ordinal) && !text.StartsWith("https://", StringComparison.Ordinal))
            return false;
        if (text.Any(char.IsWhiteSpace) || !Uri.TryCreate(text, UriKind.Absolute, out value))
            return false;
        // Credentials in an address would be printed with it, and a path would be silently ignored.
        return value.Host.Length > 0 && value.UserInfo.Length == 0 && value.AbsolutePath == "/"
            && value.Query.Length == 0 && value.Fragment.Length == 0;
    }

    protected override string? Fix(string text) =>
        text.Contains('@') ? "user and password belong under `connect`"
        : text.Contains("://") ? "only scheme, host and port: `http://host:8123`"
        : "start with `http://` or `https://`";

    protected override void Refused(string text, ReadContext context)
    {
        var (start, end) = (text.IndexOf("://", StringComparison.Ordinal), text.LastIndexOf('@'));
        if (start >= 0 && end > start + 3)
            context.Hide(new Secret(text[(start + 3)..end]));
    }

    public override JsonObject Schema() => TextOrReference("^https?://[^/?#@\\s]+/?$");
}
