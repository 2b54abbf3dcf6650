using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Millrace.UnitTests.Engine.Specs.Shapes;

/// <summary>
/// Validates a document against the keywords that our schemas use, by the JSON Schema draft 7 rules. An unknown keyword is an
/// error of the test, so that a schema cannot start to use one that is not validated.
/// </summary>
public static class JsonSchemaCheck
{
    private static readonly string[] Annotations = ["$schema", "title", "description", "examples", "default"];

    /// <summary>The paths at which the document breaks the schema; none when it is valid.</summary>
    public static IReadOnlyList<string> Problems(JsonNode schema, JsonNode? document, string path = "$")
    {
        var problems = new List<string>();
        foreach (var (keyword, rule) in schema.AsObject())
            if (!Annotations.Contains(keyword))
                problems.AddRange(Apply(keyword, rule!, schema, document, path));
        return problems;
    }

    private static IEnumerable<string> Apply(string keyword, JsonNode rule, JsonNode schema, JsonNode? document, string path) => keyword switch
    {
        "type" => Types(rule).Any(t => IsOf(t, document)) ? [] : [$"{path}: not {rule.ToJsonString()}"],
        "enum" => rule.AsArray().Any(v => JsonNode.DeepEquals(v, document)) ? [] : [$"{path}: not one of {rule.ToJsonString()}"],
        "minimum" => Number(document) is { } n && n < (double)rule ? [$"{path}: below {rule}"] : [],
        "maximum" => Number(document) is { } n && n > (double)rule ? [$"{path}: above {rule}"] : [],
        "pattern" => Text(document) is { } text && !Regex.IsMatch(text, (string)rule!, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1)) ? [$"{path}: does not match {rule}"] : [],
        "anyOf" => rule.AsArray().Any(s => Problems(s!, document, path).Count == 0) ? [] : [$"{path}: none of the alternatives"],
        "oneOf" => rule.AsArray().Count(s => Problems(s!, document, path).Count == 0) == 1 ? [] : [$"{path}: not exactly one of the alternatives"],
        "allOf" => rule.AsArray().SelectMany(s => Problems(s!, document, path)),
        "items" => document is JsonArray list ? list.SelectMany((item, i) => Problems(rule, item, $"{path}[{i}]")) : [],
        "minItems" => document is JsonArray list && list.Count < (int)rule ? [$"{path}: too few"] : [],
        "required" => document is JsonObject map ? rule.AsArray().Where(k => !map.ContainsKey((string)k!)).Select(k => $"{path}: {k} is missing") : [],
        "minProperties" => document is JsonObject map && map.Count < (int)rule ? [$"{path}: too few"] : [],
        "properties" => document is JsonObject map ? map.Where(e => rule[e.Key] is not null).SelectMany(e => Problems(rule[e.Key]!, e.Value, $"{path}.{e.Key}")) : [],
        "propertyNames" => document is JsonObject map ? map.SelectMany(e => Problems(rule, JsonValue.Create(e.Key), $"{path}.{e.Key}")) : [],
        "additionalProperties" => document is JsonObject map ? Additional(rule, schema, map, path) : [],
        _ => throw new InvalidOperationException($"the check does not know the keyword {keyword}"),
    };

    private static IEnumerable<string> Additional(JsonNode rule, JsonNode schema, JsonObject map, string path)
    {
        var known = schema["properties"]?.AsObject();
        var others = map.Where(e => known?.ContainsKey(e.Key) != true);
        return rule is JsonValue
            ? others.Select(e => $"{path}.{e.Key}: unknown")
            : others.SelectMany(e => Problems(rule, e.Value, $"{path}.{e.Key}"));
    }

    private static IEnumerable<string> Types(JsonNode rule) => rule is JsonArray list ? list.Select(t => (string)t!) : [(string)rule!];

    private static bool IsOf(string type, JsonNode? document) => (type, document?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => Number(document) is { } n && n == Math.Floor(n),
        _ => false,
    };

    private static double? Number(JsonNode? document) => document?.GetValueKind() == JsonValueKind.Number ? (double)document : null;

    private static string? Text(JsonNode? document) => document?.GetValueKind() == JsonValueKind.String ? (string)document! : null;
}
