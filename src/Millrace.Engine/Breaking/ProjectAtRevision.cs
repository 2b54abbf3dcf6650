using System.Diagnostics;
using System.Formats.Tar;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Specs;

namespace Millrace.Engine.Breaking;

/// <summary>A project as it was committed, read out of Git without touching the working tree.</summary>
public static class ProjectAtRevision
{
    /// <exception cref="UserErrorException">There is no Git, no such revision, or the project was not sound then.</exception>
    public static async Task<Project> LoadAsync(string folder, string revision, LoadOptions options, CancellationToken cancel)
    {
        if (revision.StartsWith('-'))
            throw new UserErrorException($"`{revision}` is not a revision");
        var copy = Directory.CreateTempSubdirectory("millrace-revision-").FullName;
        try
        {
            await ExtractAsync(folder, revision, copy, cancel);
            var loaded = ProjectLoader.Load(copy, options);
            return loaded.Project ?? throw new UserErrorException(
                $"the project cannot be read as it was at {revision}: "
                + string.Join("; ", loaded.Findings.Where(f => f.Severity == Severity.Error).Take(3).Select(f => $"{f.At} {f.Code} {f.Message}")));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task ExtractAsync(string folder, string revision, string into, CancellationToken cancel)
    {
        // In a folder below the top of the repository, this is the archive of that folder alone.
        var start = new ProcessStartInfo("git", ["-C", folder, "archive", "--format=tar", revision])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var git = Process.Start(start) ?? throw new UserErrorException("git could not be started");
        var errors = git.StandardError.ReadToEndAsync(cancel);
        using var archive = new MemoryStream();
        await git.StandardOutput.BaseStream.CopyToAsync(archive, cancel);
        await git.WaitForExitAsync(cancel);
        if (git.ExitCode != 0)
            throw new UserErrorException($"git has no {revision} of {folder}: {(await errors).Trim()}");
        archive.Position = 0;
        await TarFile.ExtractToDirectoryAsync(archive, into, overwriteFiles: true, cancel);
    }
}
