using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Millrace.HashRing;

/// <summary>Reads a lock file strictly: unknown and missing names, gaps and double claims are errors with a place.</summary>
internal static class RingLockReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static RingLock Read(string text)
    {
        using var document = Open(text);
        var root = Object(document.RootElement, "", "format", "ring", "layers", "rows_since", "epochs");
        var format = Number(root, "", "format");
        if (format != RingLockJson.Format)
            throw new RingLockFormatException(
                "format", $"{format} is not known; this version reads format {RingLockJson.Format}");
        var count = Number(root, "", "layers");
        if (count is < 1 or > VirtualLayers.Most)
            throw new RingLockFormatException("layers", $"{count} is not within 1 to {VirtualLayers.Most}");
        var epochs = Epochs(root, count);
        var rowsSince = Number(root, "", "rows_since");
        if (rowsSince < 0 || rowsSince > epochs.Length)
            throw new RingLockFormatException("rows_since", $"epoch {rowsSince} is not within 0 to {epochs.Length}");
        return new RingLock { Ring = Text(root, "", "ring"), Epochs = epochs, RowsSince = rowsSince };
    }

    private static ImmutableArray<RingEpoch> Epochs(JsonElement root, int layers)
    {
        var list = List(root, "", "epochs");
        if (list.Count == 0)
            throw new RingLockFormatException("epochs", "a ring has at least one epoch");
        var epochs = ImmutableArray.CreateBuilder<RingEpoch>(list.Count);
        for (var i = list.Count - 1; i >= 0; i--)
        {
            var epoch = Epoch(list[i], $"epochs[{i}]", layers);
            if (epoch.Number != list.Count - i)
                throw new RingLockFormatException(
                    $"epochs[{i}].epoch",
                    $"{epoch.Number} stands where {list.Count - i} belongs: newest first, down to 1. After a merge of two "
                    + "changes keep one of them and plan the other again");
            epochs.Add(epoch);
        }

        return epochs.ToImmutable();
    }

    private static RingEpoch Epoch(JsonElement element, string place, int layers)
    {
        var epoch = Object(element, place, "epoch", "at", "by", "why", "shards");
        var shardOfLayer = new int[layers];
        var shards = ImmutableArray.CreateBuilder<ShardWeight>();
        foreach (var (line, i) in List(epoch, place, "shards").Select((line, i) => (line, i)))
            shards.Add(Shard(line, $"{place}.shards[{i}]", shardOfLayer));

        var orphan = Array.IndexOf(shardOfLayer, 0);
        if (orphan >= 0)
            throw new RingLockFormatException($"{place}.shards", $"layer {orphan} has no shard");
        if (Quotas.FindFault(shards.ToImmutable()) is { } fault)
            throw new RingLockFormatException($"{place}.shards", fault);
        return new RingEpoch
        {
            Number = Number(epoch, place, "epoch"),
            At = Moment(epoch, place),
            By = Text(epoch, place, "by"),
            Why = Text(epoch, place, "why"),
            Shards = shards.ToImmutable(),
            Assignment = new Assignment(shardOfLayer),
        };
    }

    private static ShardWeight Shard(JsonElement element, string place, int[] shardOfLayer)
    {
        var line = Object(element, place, "shard", "weight", "layers");
        var shard = new ShardWeight(Number(line, place, "shard"), Number(line, place, "weight"));
        if (shard.Shard < 1)
            throw new RingLockFormatException($"{place}.shard", "shards are numbered from 1");
        foreach (var entry in List(line, place, "layers"))
        {
            if (entry.ValueKind != JsonValueKind.Number || !entry.TryGetInt32(out var layer)
                || layer < 0 || layer >= shardOfLayer.Length)
                throw new RingLockFormatException(
                    $"{place}.layers", $"{entry.GetRawText()} is not a layer; they are numbered 0 to {shardOfLayer.Length - 1}");
            if (shardOfLayer[layer] != 0)
                throw new RingLockFormatException(
                    $"{place}.layers", $"layer {layer} is also on shard {shardOfLayer[layer]}");
            shardOfLayer[layer] = shard.Shard;
        }

        return shard;
    }

    private static JsonDocument Open(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (JsonException error)
        {
            throw new RingLockFormatException("", $"not JSON: {error.Message}", error);
        }
    }

    private static JsonElement Object(JsonElement element, string place, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new RingLockFormatException(place, $"expected an object with {string.Join(", ", names)}");
        foreach (var property in element.EnumerateObject())
            if (!names.Contains(property.Name))
                throw new RingLockFormatException(place, $"unknown name \"{property.Name}\"");
        return element;
    }

    private static JsonElement Value(JsonElement parent, string place, string name, JsonValueKind kind) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : throw new RingLockFormatException(Join(place, name), $"expected {kind switch
            {
                JsonValueKind.Array => "a list",
                JsonValueKind.String => "a text",
                _ => "a whole number",
            }}");

    private static List<JsonElement> List(JsonElement parent, string place, string name) =>
        [.. Value(parent, place, name, JsonValueKind.Array).EnumerateArray()];

    private static string Text(JsonElement parent, string place, string name) =>
        Value(parent, place, name, JsonValueKind.String).GetString()!;

    private static int Number(JsonElement parent, string place, string name) =>
        Value(parent, place, name, JsonValueKind.Number).TryGetInt32(out var number)
            ? number
            : throw new RingLockFormatException(Join(place, name), "expected a whole number");

    private static DateTimeOffset Moment(JsonElement epoch, string place)
    {
        var text = Text(epoch, place, "at");
        return DateTimeOffset.TryParseExact(
            text, RingLockJson.Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new RingLockFormatException($"{place}.at", $"\"{text}\" is not a moment such as 2026-01-31T23:59:59Z");
    }

    private static string Join(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";
}
