using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>A text column of a Postgres sink: which of its values Postgres cannot take, and what becomes of them.</summary>
internal sealed class SinkText(string name, PostgresSink sink)
{
    private readonly string value = Quote.Name(name);
    private readonly int? longest = sink.Longest.TryGetValue(name, out var length) ? length : null;

    public string Name => name;

    public static ImmutableArray<SinkText> Of(Pipeline pipeline, PostgresSink sink)
    {
        var types = new RowLayout(pipeline).Stream.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return [.. sink.Columns.Where(column => TypeText.IsText(types[column])).Select(column => new SinkText(column, sink))];
    }

    /// <summary>Conditions under which the row is passed over.</summary>
    public IEnumerable<string> Skips
    {
        get
        {
            if (sink.Unstorable == TextRule.Skip)
                yield return Unstorable;
            if (longest is not null && sink.TooLong == TextRule.Skip)
                yield return TooLong;
        }
    }

    /// <summary>The value as Postgres takes it.</summary>
    public string Mended
    {
        get
        {
            // Without this, the text would end at the first NUL and nobody would know.
            var storable = sink.Unstorable == TextRule.Mend ? $"replaceAll(toValidUTF8({value}), '\\0', '\uFFFD')" : value;
            return longest is { } length && sink.TooLong == TextRule.Mend ? $"substringUTF8({storable}, 1, {length})" : storable;
        }
    }

    /// <summary>Expressions that say what was done to the value; empty text for nothing.</summary>
    public IEnumerable<string> Reasons
    {
        get
        {
            var unstorable = sink.Unstorable == TextRule.Skip ? "skipped" : "replaced";
            yield return $"if({Unstorable}, {Quote.Text($"{name}: NUL or bytes that are not UTF-8, {unstorable}")}, '')";
            if (longest is { } length)
                yield return $"if({TooLong}, {Quote.Text($"{name}: longer than {length} characters, {(sink.TooLong == TextRule.Skip ? "skipped" : "cut")}")}, '')";
        }
    }

    private string Unstorable => $"ifNull(position({value}, '\\0') > 0 OR NOT isValidUTF8({value}), 0)";

    private string TooLong => $"ifNull(lengthUTF8({value}) > {longest}, 0)";
}
