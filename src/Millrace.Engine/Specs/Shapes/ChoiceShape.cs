using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Millrace.Core.Findings;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>One of a few words.</summary>
internal sealed class ChoiceShape<T>(params (string Word, T Value)[] choices) : ScalarShape<T>
    where T : struct
{
    public override string Noun
    {
        get
        {
            var words = choices.Select(c => $"`{c.Word}`").ToArray();
            return words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} or {words[^1]}";
        }
    }

    protected override bool TryParse(string text, YamlScalar scalar, [MaybeNullWhen(false)] out T value)
    {
        foreach (var choice in choices)
        {
            value = choice.Value;
            if (choice.Word == text)
                return true;
        }

        value = default;
        return false;
    }

    protected override string? Fix(string text) =>
        DidYouMean.Suggest(text, choices.Select(c => c.Word)) is { } word ? $"did you mean `{word}`?" : null;

    public override JsonObject Schema()
    {
        var words = new JsonArray([.. choices.Select(c => JsonValue.Create(c.Word))]);
        return new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = words }, TextOrReference("^$")) };
    }
}
