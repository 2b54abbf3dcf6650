using System.Text.Encodings.Web;
using System.Text.Json;

namespace Millrace.Engine.Specs;

/// <summary>The JSON Schema files beside a project, where its YAML files tell editors to look.</summary>
public static class SchemaFolder
{
    /// <summary>The one part of <c>.millrace/</c> that belongs into version control: a fresh clone then has it.</summary>
    public const string Default = ".millrace/schemas";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // The file is read by editors, never by a browser: `<` and `'` may stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string FileName(ProjectFileKind kind) => $"{kind.Name}.json";

    public static string Text(ProjectFileKind kind) => kind.Schema().ToJsonString(Indented) + "\n";

    /// <summary>Writes every schema into a folder, over older ones, and returns the paths.</summary>
    public static IReadOnlyList<string> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        foreach (var kind in ProjectFileKind.All)
        {
            var path = Path.Combine(folder, FileName(kind));
            File.WriteAllText(path, Text(kind));
            paths.Add(path);
        }

        return paths;
    }
}
