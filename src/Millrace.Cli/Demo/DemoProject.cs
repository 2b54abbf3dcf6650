using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Engine;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Demo;

/// <summary>A private copy of an example, so that the demo can change it while it runs.</summary>
internal sealed class DemoProject
{
    private DemoProject(string folder) => Folder = folder;

    public string Folder { get; }

    public static DemoProject Copy(string example, string into, Fleet fleet)
    {
        var from = Path.Combine(Examples(), example);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(into, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        FleetFile.Write(into, fleet, passwordVariable: null);
        return new DemoProject(into);
    }

    public Project Load()
    {
        var result = ProjectLoader.Load(Folder);
        return result.Project
            ?? throw new InvalidOperationException($"the example in {Folder} has findings: {string.Join("; ", result.Findings)}");
    }

    /// <summary>Adds a line to a file of the project, behind the line that begins with <paramref name="after"/>.</summary>
    public void AddLine(string file, string after, string line)
    {
        var path = Path.Combine(Folder, file);
        var lines = File.ReadAllLines(path).ToList();
        lines.Insert(lines.FindIndex(l => l.StartsWith(after, StringComparison.Ordinal)) + 1, line);
        File.WriteAllLines(path, lines);
    }

    private static string Examples()
    {
        foreach (var start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (Directory.Exists(Path.Combine(folder.FullName, "examples", "flights", "pipelines")))
                    return Path.Combine(folder.FullName, "examples");
        throw new UserErrorException("the examples were not found: run the demo from Millrace's own folder.");
    }
}
