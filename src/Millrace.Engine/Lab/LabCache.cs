using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Lab;

/// <summary>
/// Remembers what a lab said of a role: the answer depends on the engine and the statements and on nothing else.
/// Roles with hand-written schema are asked again, since their objects are only known to the lab.
/// </summary>
/// <param name="folder">Folder of the cache files; null keeps nothing.</param>
public sealed class LabCache(string? folder)
{
    public static LabCache None { get; } = new(null);

    public static string KeyOf(string engineId, Project project, RoleDeclaration role)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var parts = role.Objects.SelectMany(item => new[] { item.CreateSql, item.StandInSql ?? "" })
            .Prepend(project.Database).Prepend(engineId);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    public async Task<LabResult?> ReadAsync(string key, RoleDeclaration role, CancellationToken cancel)
    {
        if (folder is null || !role.Statements.IsEmpty || !File.Exists(PathOf(key)))
            return null;
        try
        {
            await using var file = File.OpenRead(PathOf(key));
            var shapes = await JsonSerializer.DeserializeAsync<ImmutableArray<ObjectShape>>(file, cancellationToken: cancel);
            var byName = shapes.ToDictionary(shape => shape.Name);
            return new LabResult([.. role.Objects.Select(item => new CanonicalObject(item, byName[item.Name]))], []);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException)
        {
            return null; // A file cut short by a crash: the lab is asked again and the file written anew.
        }
    }

    public async Task WriteAsync(string key, LabResult result, CancellationToken cancel)
    {
        if (folder is null || result.Objects.Any(item => item.Declared.Purpose == ObjectPurpose.Schema))
            return;
        Directory.CreateDirectory(folder);
        var shapes = result.Objects.Select(item => item.Shape).ToImmutableArray();
        var draft = $"{PathOf(key)}.{Environment.ProcessId}";
        await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(shapes), cancel);
        File.Move(draft, PathOf(key), overwrite: true);
    }

    private string PathOf(string key) => Path.Combine(folder!, $"{key}.json");
}
