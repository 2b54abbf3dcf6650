using Millrace.Engine.Specs;

namespace Millrace.Engine.Watch;

/// <summary>A project folder whose files may change. The first reading counts as a change.</summary>
public sealed class ProjectFolder(string folder, LoadOptions options) : IDeclarationSource
{
    private static readonly string[] Subfolders = ["pipelines", "rollups", "schema", "rings"];

    private string? lastRead;

    public LoadResult? ReadIfChanged()
    {
        var now = Stamp();
        if (now == lastRead)
            return null;
        var result = ProjectLoader.Load(folder, options);
        lastRead = now;
        return result;
    }

    /// <summary>Names, sizes and times of the files: editors and Git replace files in many ways, and all of them change these.</summary>
    private string Stamp()
    {
        var files = Subfolders.Select(part => Path.Combine(folder, part)).Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            // Other files may well be in the folder itself, and change all the time: the log of a watch, for one.
            .Concat(Directory.EnumerateFiles(folder, "*.yaml"))
            .Concat(options.FleetFile is { } fleet ? [Path.Combine(folder, fleet)] : Array.Empty<string>())
            .Order(StringComparer.Ordinal)
            .Select(path => new FileInfo(path));
        return string.Join('\n', files.Select(file => file.Exists ? $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}" : file.FullName));
    }
}
