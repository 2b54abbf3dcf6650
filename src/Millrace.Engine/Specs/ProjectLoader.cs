using System.Collections.Immutable;
using Millrace.Core.Checks;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Files;
using Millrace.Engine.Specs.Shapes;
using Millrace.Engine.Specs.Yaml;
using Millrace.HashRing;

namespace Millrace.Engine.Specs;

/// <summary>Reads a project folder: files become a <see cref="Project"/>, and everything wrong with them findings, all at once.</summary>
public sealed class ProjectLoader
{
    /// <summary>The file that makes a folder a project.</summary>
    public const string ProjectFile = "millrace.yaml";

    private readonly string _folder;
    private readonly ProjectFiles _files;
    private readonly LoadOptions _options;
    private readonly ValueReferences _references;
    private readonly List<FindingList> _findings = [];
    private readonly Dictionary<string, string> _schemas = new(StringComparer.Ordinal);
    private readonly ImmutableDictionary<string, SourceRef>.Builder _sources =
        ImmutableDictionary.CreateBuilder<string, SourceRef>(StringComparer.Ordinal);

    private ProjectLoader(string folder, LoadOptions options)
    {
        _folder = folder;
        _files = new ProjectFiles(folder);
        _options = options;
        _references = new ValueReferences(folder, options.Environment);
    }

    /// <exception cref="UserErrorException">There is no such folder, or it is no project.</exception>
    public static LoadResult Load(string folder, LoadOptions? options = null)
    {
        var path = Path.GetFullPath(folder);
        if (!File.Exists(Path.Combine(path, ProjectFile)))
            throw new UserErrorException($"there is no {ProjectFile} in {path}: go to a project folder, name one, or write one with `millrace init`");
        return new ProjectLoader(path, options ?? new LoadOptions()).Load();
    }

    private LoadResult Load()
    {
        var head = ReadYaml(ProjectFile, new Place("", "project"), ProjectSpec.Shape, whenMissing: null);
        var fleet = ReadFleet(head);
        var pipelines = ReadPipelines();
        var rollups = ReadRollups();
        var schema = ReadSchema();
        var read = _findings.SelectMany(f => f.All());
        if (head is null || fleet is null)
            return Finish(null, read);
        var project = new Project
        {
            Name = head.Name,
            Database = head.Database,
            OldestServer = head.OldestServer,
            Fleet = fleet,
            Pipelines = pipelines,
            Rollups = rollups,
            Schema = schema,
            Unmanaged = head.Unmanaged,
            Policies = head.Policies,
            Allow = head.Allow,
            Sources = new SourceMap(_sources.ToImmutable()),
        };
        return Finish(project, read.Concat(ProjectChecks.Run(project).Where(finding => !_options.Overlook.Contains(finding.Code))));
    }

    private LoadResult Finish(Project? project, IEnumerable<Finding> findings)
    {
        var redaction = _references.Redaction;
        ImmutableArray<Finding> all =
        [
            .. findings.Select(redaction.Apply)
                .OrderBy(f => f.At?.File, StringComparer.Ordinal)
                .ThenBy(f => f.At?.Line).ThenBy(f => f.At?.Column)
                .ThenBy(f => f.Code, StringComparer.Ordinal),
        ];
        return new LoadResult(all.Any(f => f.Severity == Severity.Error) ? null : project, all, redaction);
    }

    /// <summary>The fleet, or null when anything in it is wrong: what refers to it could then only mislead.</summary>
    private Fleet? ReadFleet(ProjectHead? head)
    {
        var file = _options.FleetFile ?? head?.FleetFile ?? "fleet.yaml";
        var fleet = ReadYaml(
            Shown(file), new Place("fleet", "fleet"), FleetSpec.Shape, "write it, or let `millrace dev up` write one");
        var connect = fleet is null ? null : Located(fleet.Connect);
        return connect is null || _findings[^1].All().Any(IsLoss)
            ? null
            : fleet! with { Connect = connect, Rings = [.. fleet.Rings.Select(ring => ring with { Lock = ReadLock(ring) })] };
    }

    /// <summary>What the ring's lock file says; null when there is none, which is for the checks to judge, or it cannot be read.</summary>
    private RingLock? ReadLock(Ring ring)
    {
        if (!File.Exists(Path.Combine(_folder, ring.LockFile)))
            return null;
        var findings = Findings(ring.LockFile);
        if (_files.Read(findings) is not { } text)
            return null;
        try
        {
            return RingLockJson.Parse(text);
        }
        catch (RingLockFormatException error)
        {
            findings.Error(SpecCodes.BadRingLock, error.Message, new SourceRef(ring.LockFile), "restore the committed file, or plan the change again");
            return null;
        }
    }

    /// <summary>A password that is not at hand, as in most continuous integration, takes nothing away from what the checks look at.</summary>
    private bool IsLoss(Finding finding) =>
        finding.Severity == Severity.Error
        && !(finding.Code == SpecCodes.UnresolvedReference
            && _sources.Any(place => IsPassword(place.Key) && place.Value.Line == finding.At?.Line));

    private static bool IsPassword(string path) =>
        path == "fleet.connect.password" || (path.StartsWith("fleet.connections.", StringComparison.Ordinal) && path.EndsWith(".password", StringComparison.Ordinal));

    /// <summary>The options with the certificate's full path: commands may run anywhere.</summary>
    private ConnectOptions Located(ConnectOptions connect)
    {
        if (connect.CaFile is null)
            return connect;
        var path = Path.Combine(_folder, connect.CaFile);
        if (!File.Exists(path))
            _findings[^1].Error(
                SpecCodes.NoCertificate,
                $"the certificate file `{connect.CaFile}` does not exist",
                _sources["fleet.connect.ca"],
                "paths are relative to the project folder");
        return connect with { CaFile = path };
    }

    private ImmutableArray<Pipeline> ReadPipelines() =>
        [.. ReadNamed("pipelines", PipelineSpec.NameKey, SpecCodes.DuplicatePipeline, PipelineSpec.Shape).SelectMany(file => file.Pipelines).Select(WithSchemas)];

    private Pipeline WithSchemas(Pipeline pipeline) => pipeline with
    {
        Legs = [.. pipeline.Legs.Select(leg => leg with { Schema = ReadFormat(leg.Schema) })],
        Into = pipeline.Into is KafkaSink sink ? sink with { Schema = ReadFormat(sink.Schema) } : pipeline.Into,
    };

    /// <summary>The schema with its text. A file that several use is read, and missed, once.</summary>
    private FormatSchema? ReadFormat(FormatSchema? schema)
    {
        if (schema is null)
            return null;
        if (!_schemas.TryGetValue(schema.File, out var text))
            _schemas[schema.File] = text = _files.Read(Findings(Shown(schema.File)), "a pipeline has it as the schema of its messages; paths are relative to the project folder") ?? "";
        return schema with { Text = text };
    }

    private ImmutableArray<Rollup> ReadRollups() =>
        ReadNamed("rollups", RollupSpec.NameKey, SpecCodes.DuplicateRollup, RollupSpec.Shape);

    private ImmutableArray<T> ReadNamed<T>(string folder, string nameKey, string whenDuplicate, ObjectShape<T> shape)
        where T : class
    {
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (var file in _files.List(folder, ".yaml", ".yml"))
            if (ReadNamedFile(file, folder, nameKey, whenDuplicate, shape) is { } item)
                items.Add(item);
        return items.ToImmutable();
    }

    /// <summary>One file of a folder whose files each declare something with a name: the name is in the path of all that is in it.</summary>
    private T? ReadNamedFile<T>(string file, string folder, string nameKey, string whenDuplicate, ObjectShape<T> shape)
        where T : class
    {
        var (root, findings) = ReadTree(file, null);
        if (root is null)
            return null;
        var name = (root as YamlMapping)?.Find(nameKey) is { Value: YamlScalar { IsNull: false } given }
            ? given
            : new YamlScalar(Path.GetFileNameWithoutExtension(file), IsPlain: true, root.At);
        var place = new Place($"{folder}.{name.Text}", nameKey);
        if (_sources.TryGetValue(place.Path, out var first))
        {
            findings.Error(
                whenDuplicate,
                $"the {nameKey} `{name.Text}` is already declared in {first.File}",
                name.At,
                "give one of them another name");
            place = new Place($"{file}.{name.Text}", nameKey);
        }

        _sources[place.Path] = name.At;
        var item = ReadShape(root, place, shape, findings);
        return findings.HasErrors ? null : item;
    }

    private ImmutableArray<SchemaStatement> ReadSchema()
    {
        var statements = ImmutableArray.CreateBuilder<SchemaStatement>();
        foreach (var file in _files.List("schema", ".sql"))
        {
            var findings = Findings(file);
            if (_files.Read(findings) is { } text)
                statements.AddRange(SchemaFileReader.Read(text, findings));
        }

        return statements.ToImmutable();
    }

    /// <summary>A path as findings show it: relative to the project when it is inside.</summary>
    private string Shown(string file)
    {
        var relative = Path.GetRelativePath(_folder, Path.Combine(_folder, file));
        return (relative.StartsWith("..", StringComparison.Ordinal) ? file : relative).Replace('\\', '/');
    }

    private T? ReadYaml<T>(string file, Place place, ObjectShape<T> shape, string? whenMissing)
        where T : class
    {
        var (root, findings) = ReadTree(file, whenMissing);
        return root is null ? null : ReadShape(root, place, shape, findings);
    }

    private (YamlNode? Root, FindingList Findings) ReadTree(string file, string? whenMissing)
    {
        var findings = Findings(file);
        var text = _files.Read(findings, whenMissing);
        return (text is null ? null : YamlReader.Read(text, findings), findings);
    }

    private T? ReadShape<T>(YamlNode root, Place place, ObjectShape<T> shape, FindingList findings)
        where T : class =>
        shape.TryRead(root, place, new ReadContext(findings, _references, _sources), out var value) ? value : null;

    private FindingList Findings(string file)
    {
        var findings = new FindingList(file);
        _findings.Add(findings);
        return findings;
    }
}
