using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Millrace.Engine.Lab;

/// <summary>Files with answers that depend on their key and on nothing else; safe to delete.</summary>
/// <param name="folder">Folder of the files; null keeps nothing.</param>
public sealed class AnswerStore(string? folder)
{
    public static AnswerStore None { get; } = new(null);

    /// <summary>A key for all that an answer depends on.</summary>
    public static string KeyOf(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    public async Task<T?> ReadAsync<T>(string key, CancellationToken cancel)
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
            return default; // A file cut short by a crash: the question is asked again and the file written anew.
        }
    }

    public async Task WriteAsync<T>(string key, T value, CancellationToken cancel)
    {
        if (folder is null)
            return;
        Directory.CreateDirectory(folder);
        var draft = $"{PathOf(key)}.{Environment.ProcessId}";
        await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(value), cancel);
        File.Move(draft, PathOf(key), overwrite: true);
    }

    private string PathOf(string key) => Path.Combine(folder!, $"{key}.json");
}
