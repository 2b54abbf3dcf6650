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

    public static string KeyOf(string engineId, Project project, RoleDeclaration role) => HashOf(
        role.Objects.SelectMany(item => new[] { item.CreateSql, item.StandInSql ?? "" }).Prepend(project.Database).Prepend(engineId));

    /// <summary>The key of the types of a project's rollups: they depend on the tables that are read and the SELECTs.</summary>
    public static string KeyOf(string engineId, Project project) =>
        HashOf(Compiler.Compile(project)
            .Where(item => item.Purpose is ObjectPurpose.DataTable or ObjectPurpose.RollupView).Select(item => item.CreateSql)
            .Prepend(project.Database).Prepend(engineId).Prepend("rollups"));

    public async Task<Project?> ReadTypesAsync(string key, Project project, CancellationToken cancel)
    {
        var types = await ReadAsync<ImmutableArray<ImmutableArray<Column>>?>(key, cancel);
        return types is { } known && known.Length == project.Rollups.Length
            ? project with { Rollups = [.. project.Rollups.Zip(known, (rollup, columns) => rollup with { Types = columns })] }
            : null;
    }

    public Task WriteTypesAsync(string key, Project typed, CancellationToken cancel) =>
        WriteAsync(key, typed.Rollups.Select(rollup => rollup.Types).ToImmutableArray(), cancel);

    public async Task<LabResult?> ReadAsync(string key, RoleDeclaration role, CancellationToken cancel)
    {
        if (!role.Statements.IsEmpty || await ReadAsync<ImmutableArray<ObjectShape>?>(key, cancel) is not { } shapes)
            return null;
        var byName = shapes.ToDictionary(shape => shape.Name);
        return role.Objects.All(item => byName.ContainsKey(item.Name))
            ? new LabResult([.. role.Objects.Select(item => new CanonicalObject(item, byName[item.Name]))], [])
            : null;
    }

    public Task WriteAsync(string key, LabResult result, CancellationToken cancel) =>
        result.Objects.Any(item => item.Declared.Purpose == ObjectPurpose.Schema)
            ? Task.CompletedTask
            : WriteAsync(key, result.Objects.Select(item => item.Shape).ToImmutableArray(), cancel);

    private async Task<T?> ReadAsync<T>(string key, CancellationToken cancel)
    {
        if (folder is null || !File.Exists(PathOf(key)))
            return default;
        try
        {
            await using var file = File.OpenRead(PathOf(key));
            return await JsonSerializer.DeserializeAsync<T>(file, cancellationToken: cancel);
        }
        catch (JsonException)
        {
            return default; // A file cut short by a crash: the lab is asked again and the file written anew.
        }
    }

    private async Task WriteAsync<T>(string key, T value, CancellationToken cancel)
    {
        if (folder is null)
            return;
        Directory.CreateDirectory(folder);
        var draft = $"{PathOf(key)}.{Environment.ProcessId}";
        await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(value), cancel);
        File.Move(draft, PathOf(key), overwrite: true);
    }

    private static string HashOf(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private string PathOf(string key) => Path.Combine(folder!, $"{key}.json");
}
