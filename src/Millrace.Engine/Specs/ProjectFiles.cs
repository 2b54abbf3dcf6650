using System.Text;
using Millrace.Core.Findings;

namespace Millrace.Engine.Specs;

/// <summary>The text files of a project folder. Whatever a file holds, reading it ends in text or in a finding.</summary>
internal sealed class ProjectFiles(string folder)
{
    private const int LargestFile = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The files directly in a subfolder with one of these extensions, in a fixed order; none when there is no such folder.</summary>
    public IReadOnlyList<string> List(string subfolder, params string[] extensions)
    {
        var path = Path.Combine(folder, subfolder);
        if (!Directory.Exists(path))
            return [];
        return [.. Directory.EnumerateFiles(path)
            .Select(f => $"{subfolder}/{Path.GetFileName(f)}")
            .Where(f => extensions.Contains(Path.GetExtension(f)) && !Path.GetFileName(f).StartsWith('.'))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The text of a file, or null with a finding.</summary>
    public string? Read(FindingList findings, string? whenMissing = null)
    {
        var at = new SourceRef(findings.File);
        byte[] bytes;
        try
        {
            bytes = ReadBounded(Path.Combine(folder, findings.File));
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var missing = error is FileNotFoundException or DirectoryNotFoundException;
            findings.Error(
                SpecCodes.Unreadable,
                missing ? "the file does not exist" : "the file cannot be read",
                at,
                missing ? whenMissing : null);
            return null;
        }

        if (bytes.Length > LargestFile)
        {
            findings.Error(
                SpecCodes.TooLarge, "the file is larger than 1 MB", at, "split it, or keep data out of the project");
            return null;
        }

        return Decode(bytes, findings);
    }

    private static byte[] ReadBounded(string path)
    {
        // Its length is not believed: it may grow meanwhile, and devices and pipes have none.
        using var file = File.OpenRead(path);
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; text.Length <= LargestFile && (read = file.Read(buffer)) > 0;)
            text.Write(buffer, 0, read);
        return text.ToArray();
    }

    private static string? Decode(byte[] bytes, FindingList findings)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException error)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(error.Index, 0, bytes.Length)).Count((byte)'\n');
            findings.Error(
                SpecCodes.NotUtf8,
                "the file is not UTF-8 text",
                new SourceRef(findings.File, line),
                "save it as UTF-8");
            return null;
        }
    }
}
