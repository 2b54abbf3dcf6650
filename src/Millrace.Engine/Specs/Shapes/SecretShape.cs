using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>A value that is never printed. It may stand in the file, but a reference keeps it out of version control.</summary>
internal sealed class SecretShape : ScalarShape<Secret>
{
    public override string Noun => "text or a reference such as `${env:NAME}`";

    protected override bool TryParse(string text, YamlScalar scalar, [MaybeNullWhen(false)] out Secret value)
    {
        value = new Secret(text);
        return true;
    }

    protected override void Accepted(Secret value, ReadContext context) => context.Hide(value);

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}
