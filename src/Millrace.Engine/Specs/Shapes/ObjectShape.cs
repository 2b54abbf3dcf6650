using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Millrace.Core.Findings;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>A mapping with known keys, and how its values become a <typeparamref name="T"/> of the model.</summary>
/// <param name="name">The heading of its reference section.</param>
/// <param name="doc">One line on what it is.</param>
internal sealed class ObjectShape<T>(string name, string doc, IReadOnlyList<Field> fields, Func<FieldValues, T> build)
    : Shape<T>, IObjectShape
{
    public string Name => name;

    public string Doc => doc;

    public IReadOnlyList<Field> Fields => fields;

    public IReadOnlyList<IReadOnlyList<Field>> OneOf { get; init; } = [];

    public override string Noun => $"a mapping ({name})";

    public override bool TryRead(YamlNode node, Place place, ReadContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not YamlMapping map)
        {
            context.WrongType(node, place, Noun);
            return false;
        }

        var values = new FieldValues(place.Key);
        var written = ReadEntries(map, place, context, values);
        ReportMissing(map, written, context);
        ReportOneOf(map, written, context);
        if (fields.Any(f => f.IsRequired && !values.Has(f)) || OneOf.Any(group => !group.Any(values.Has)))
            return false;
        value = build(values);
        return true;
    }

    /// <summary>The object with only one of its fields given.</summary>
    public T Build<TField>(string key, Field<TField> field, TField value)
    {
        var values = new FieldValues(key);
        values.Set(field, value);
        return build(values);
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var field in fields)
            properties[field.Name] = FieldSchema(field);
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["description"] = doc,
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        var required = fields.Where(f => f.IsRequired).Select(f => (JsonNode)f.Name).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        if (OneOf.Count > 0)
            schema["allOf"] = new JsonArray([.. OneOf.Select(ExactlyOne)]);
        return schema;
    }

    public override IEnumerable<IObjectShape> Objects() => fields.SelectMany(f => f.Shape.Objects()).Prepend(this);

    /// <summary>Reads every known key; a misspelt one is reported and read as what it was meant to be, so that nothing follows from it.</summary>
    private HashSet<Field> ReadEntries(YamlMapping map, Place place, ReadContext context, FieldValues values)
    {
        var written = new HashSet<Field>();
        foreach (var entry in map.Entries)
        {
            if (context.Findings.IsFull)
                break;
            if ((FindField(entry.Key.Text) ?? ReportUnknown(map, entry, place, context)) is not { } field || !written.Add(field))
                continue;
            var child = place.Child(field.Name);
            context.Locate(child, entry.At);
            field.Read(entry.Value, child, context, values);
        }

        return written;
    }

    private Field? ReportUnknown(YamlMapping map, YamlEntry entry, Place place, ReadContext context)
    {
        var absent = fields.Where(f => map.Find(f.Name) is null).Select(f => f.Name).ToArray();
        var meant = DidYouMean.Suggest(entry.Key.Text, absent);
        var fix = meant is null ? $"known keys: {string.Join(", ", fields.Select(f => f.Name))}" : $"did you mean `{meant}`?";
        context.Findings.Error(
            SpecCodes.UnknownKey, $"unknown key `{Shorten(entry.Key.Text)}` in the {name}", entry.Key.At, fix);
        return meant is null ? null : FindField(meant);
    }

    private void ReportMissing(YamlMapping map, HashSet<Field> written, ReadContext context)
    {
        foreach (var field in fields.Where(f => f.IsRequired && !written.Contains(f)))
        {
            var (code, message, fix) = field.WhenMissing is { } why
                ? (why.Code, why.Message, why.Fix)
                : (SpecCodes.MissingKey, $"the key `{field.Name}` is missing in the {name}", $"add `{field.Name}: {field.Example ?? "..."}`");
            context.Findings.Error(code, message, map.At, fix);
        }
    }

    private void ReportOneOf(YamlMapping map, HashSet<Field> written, ReadContext context)
    {
        foreach (var group in OneOf.Where(group => group.Count(written.Contains) != 1))
        {
            var names = string.Join(", ", group.Select(f => $"`{f.Name}`"));
            var (given, fix) = group.Any(written.Contains) ? ("more than one is", "keep one of them") : ("none is", "add one of them");
            context.Findings.Error(
                SpecCodes.OneOf, $"the {name} needs exactly one of {names}, but {given} given", map.At, fix);
        }
    }

    private Field? FindField(string key) => fields.FirstOrDefault(f => f.Name == key);

    private static JsonObject FieldSchema(Field field)
    {
        var schema = field.Shape.Schema();
        schema["description"] = field.DefaultText is null ? field.Doc : $"{field.Doc}. Default: {field.DefaultText}";
        if (field.Example is { } example)
            schema["examples"] = new JsonArray(example);
        return schema;
    }

    private static JsonNode ExactlyOne(IReadOnlyList<Field> group) => new JsonObject
    {
        ["oneOf"] = new JsonArray([.. group.Select(f => new JsonObject { ["required"] = new JsonArray(f.Name) })]),
    };

    private static string Shorten(string text) => text.Length <= 60 ? text.ReplaceLineEndings(" ") : text[..57].ReplaceLineEndings(" ") + "...";
}
