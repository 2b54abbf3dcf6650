using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Files;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs;

/// <summary>A kind of YAML file that a project is made of, as editors and reference pages see it.</summary>
public sealed class ProjectFileKind
{
    // Editors that read YAML know this draft best.
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    private readonly Shape _shape;

    private ProjectFileKind(string name, string files, Shape shape) => (Name, Files, _shape) = (name, files, shape);

    /// <summary>Every kind, in the order one writes them.</summary>
    public static ImmutableArray<ProjectFileKind> All { get; } =
    [
        new("project", ProjectLoader.ProjectFile, ProjectSpec.Shape),
        new("fleet", "fleet.yaml", FleetSpec.Shape),
        new("pipeline", "pipelines/*.yaml", PipelineSpec.Shape),
        new("rollup", "rollups/*.yaml", RollupSpec.Shape),
    ];

    /// <summary>What commands call it: <c>project</c>, <c>fleet</c>, <c>pipeline</c>, <c>rollup</c>.</summary>
    public string Name { get; }

    /// <summary>The files it is about, relative to the project folder.</summary>
    public string Files { get; }

    /// <summary>Each once, however many keys have such a value.</summary>
    internal IEnumerable<IObjectShape> Objects => _shape.Objects().Distinct();

    /// <summary>The JSON Schema (draft 7) of such a file, for editors.</summary>
    public JsonObject Schema()
    {
        var schema = new JsonObject { ["$schema"] = Draft, ["title"] = $"Millrace {Name} file ({Files})" };
        foreach (var (key, value) in _shape.Schema())
            schema[key] = value?.DeepClone();
        return schema;
    }
}
