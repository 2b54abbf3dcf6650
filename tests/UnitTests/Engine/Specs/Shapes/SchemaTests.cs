using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millrace.Core.Findings;
using Millrace.Engine.Specs;
using Millrace.Engine.Specs.Files;
using Millrace.Engine.Specs.Shapes;
using Millrace.Engine.Specs.Yaml;
using Xunit;

namespace Millrace.UnitTests.Engine.Specs.Shapes;

/// <summary>What the reader takes, the schema takes; what the schema refuses in one file, the reader refuses too, and the other way round.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("project", Sample.Project)]
    [InlineData("fleet", Sample.Fleet)]
    [InlineData("pipeline", Sample.Events)]
    public void A_sound_file_is_valid(string kind, string text) => Assert.Empty(Problems(kind, text));

    [Fact]
    public void The_starter_project_is_valid()
    {
        foreach (var (path, text) in StarterProject.Files("shop").Where(f => f.Path.EndsWith(".yaml", StringComparison.Ordinal)))
            Assert.Empty(Problems(KindOf(path), text));
    }

    [Fact]
    public void Every_mutilation_of_a_sound_file_is_judged_alike_by_reader_and_schema()
    {
        var judged = 0;
        foreach (var (file, text) in new[] { ("millrace.yaml", Sample.Project), ("fleet.yaml", Sample.Fleet), ("pipelines/events.yaml", Sample.Events) })
            foreach (var (what, document) in Mutilations(YamlAsJson.Parse(text)!))
            {
                // A pattern says nothing about numbers, and what a reference stands for is not known: there the schema may let through what the reader refuses. JSON is YAML, so the reader can be given the same document.
                var json = document.ToJsonString();
                var schema = Problems(KindOf(file), json);
                var reader = Findings(file, json);
                Assert.True(schema.Count == 0 == (reader.Length == 0) || (schema.Count == 0 && what.IsOpen), $"{file}, {what.Text}: the schema says [{string.Join("; ", schema)}], the reader [{string.Join("; ", reader)}]");
                judged++;
            }

        Assert.True(judged > 500, $"only {judged} documents were judged");
    }

    /// <summary>Each document differs from the sound one in one place: a key is removed, added or misspelt, or a value is of another kind.</summary>
    private static IEnumerable<((string Text, bool IsOpen) What, JsonNode Document)> Mutilations(JsonNode sound)
    {
        JsonNode?[] replacements = ["text", "a b\"c", -1, 1.5, 7, true, new JsonArray(), new JsonArray("x"), new JsonObject(), new JsonObject { ["x"] = "y" }, Reference];
        foreach (var path in Places(sound, []))
        {
            foreach (var value in replacements)
                yield return (($"{string.Join('.', path)} = {value?.ToJsonString()}", value is JsonValue && (value.GetValueKind() == JsonValueKind.Number || value.ToString() == Reference)), Edited(sound, path, (parent, key) => Put(parent, key, value?.DeepClone())));
            yield return (($"{string.Join('.', path)} removed", false), Edited(sound, path, Remove));
            yield return (($"{string.Join('.', path)} misspelt", false), Edited(sound, path, Misspell));
        }
    }

    private static IEnumerable<object[]> Places(JsonNode? node, object[] path) => node switch
    {
        JsonObject map => map.SelectMany(e => Places(e.Value, [.. path, e.Key]).Prepend([.. path, e.Key])),
        JsonArray list => list.SelectMany((item, i) => Places(item, [.. path, i]).Prepend([.. path, i])),
        _ => [],
    };

    private static JsonNode Edited(JsonNode sound, object[] path, Action<JsonNode, object> edit)
    {
        var copy = sound.DeepClone();
        var parent = path[..^1].Aggregate(copy, (node, key) => key is int i ? node[i]! : node[(string)key]!);
        edit(parent, path[^1]);
        return copy;
    }

    private static void Put(JsonNode parent, object key, JsonNode? value)
    {
        if (key is int i)
            parent[i] = value;
        else
            parent[(string)key] = value;
    }

    private static void Remove(JsonNode parent, object key)
    {
        if (key is int i)
            parent.AsArray().RemoveAt(i);
        else
            parent.AsObject().Remove((string)key);
    }

    private static void Misspell(JsonNode parent, object key)
    {
        if (key is not string name)
            return;
        var value = parent[name]?.DeepClone();
        parent.AsObject().Remove(name);
        parent[name + "s"] = value;
    }

    private static readonly Dictionary<string, JsonNode> Schemas =
        ProjectFileKind.All.ToDictionary(k => k.Name, k => JsonNode.Parse(SchemaFolder.Text(k))!);

    private const string Reference = "${env:CLICKHOUSE_PASSWORD}";

    private static IReadOnlyList<string> Problems(string kind, string yaml) =>
        JsonSchemaCheck.Problems(Schemas[kind], YamlAsJson.Parse(yaml));

    /// <summary>What the reader says about one file alone; what needs several files no schema can know.</summary>
    private static string[] Findings(string file, string text)
    {
        var findings = new FindingList(file);
        var context = new ReadContext(
            findings, new ValueReferences(".", Sample.Options.Environment), ImmutableDictionary.CreateBuilder<string, SourceRef>(StringComparer.Ordinal));
        var root = YamlReader.Read(text, findings)!;
        _ = KindOf(file) switch
        {
            "project" => ProjectSpec.Shape.TryRead(root, default, context, out _),
            "fleet" => FleetSpec.Shape.TryRead(root, default, context, out _),
            _ => PipelineSpec.Shape.TryRead(root, default, context, out _),
        };
        return [.. findings.All().Select(f => f.Message)];
    }

    private static string KindOf(string path) => path switch
    {
        "millrace.yaml" => "project",
        "fleet.yaml" => "fleet",
        _ => "pipeline",
    };
}
