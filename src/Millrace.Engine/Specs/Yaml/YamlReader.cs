using System.Collections.Immutable;
using Millrace.Core.Findings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Millrace.Engine.Specs.Yaml;

/// <summary>
/// Reads strict YAML: one document of mappings, lists and scalars. Anchors, aliases, merge keys and tags are refused,
/// because each lets a file mean something else than what it says at the place where one reads it.
/// </summary>
internal sealed class YamlReader
{
    private const int DeepestNesting = 50;

    private readonly Parser _parser;
    private readonly FindingList _findings;
    private SourceRef _last;

    private YamlReader(string text, FindingList findings)
    {
        _parser = new Parser(new StringReader(text));
        _findings = findings;
        _last = new SourceRef(findings.File);
    }

    /// <summary>The tree of the file, or null when it has none; whatever is wrong becomes findings.</summary>
    public static YamlNode? Read(string text, FindingList findings)
    {
        var reader = new YamlReader(text, findings);
        try
        {
            return reader.ReadFile();
        }
        catch (TooDeepException deep)
        {
            findings.Error(
                SpecCodes.YamlFeature,
                $"nested deeper than {DeepestNesting} levels",
                deep.At,
                "nothing in a project nests that deep");
        }
        catch (YamlException error)
        {
            var at = new SourceRef(
                findings.File, (int)Math.Max(1, error.Start.Line), (int)Math.Max(1, error.Start.Column));
            findings.Error(
                SpecCodes.NotYaml, $"not valid YAML: {YamlProblem.Describe(error)}", at, YamlProblem.Fix(error));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // On some broken input the scanner trips over itself instead of naming the fault; where it stood is known.
            findings.Error(
                SpecCodes.NotYaml,
                "not valid YAML: it cannot be understood from about here on",
                reader._last,
                "is a `[`, a `{` or a quotation mark above left open?");
        }

        return null;
    }

    private YamlNode? ReadFile()
    {
        Next<StreamStart>();
        if (_parser.MoveNext() && _parser.Current is StreamEnd or null)
        {
            _findings.Error(SpecCodes.NotYaml, "the file is empty", new SourceRef(_findings.File));
            return null;
        }

        var root = ReadNode(Advance(), depth: 1);
        Next<DocumentEnd>();
        if (_parser.MoveNext() && _parser.Current is DocumentStart second)
            Refuse(
                second,
                "a second document in the file",
                "one file holds one document: remove `---` and what follows, or move it to its own file");
        return root;
    }

    private YamlNode ReadNode(ParsingEvent start, int depth)
    {
        if (depth > DeepestNesting)
            throw new TooDeepException(At(start, start));
        if (start is NodeEvent node)
            RefuseDecoration(node);
        return start switch
        {
            Scalar scalar => new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, At(scalar, scalar)),
            SequenceStart sequence => ReadSequence(sequence, depth),
            MappingStart mapping => ReadMapping(mapping, depth),
            AnchorAlias alias => RefuseAlias(alias),
            _ => throw new YamlException(start.Start, start.End, "a value was expected here"),
        };
    }

    private YamlSequence ReadSequence(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        var next = Advance();
        for (; next is not SequenceEnd; next = Advance())
            items.Add(ReadNode(next, depth + 1));
        return new YamlSequence(items.ToImmutable(), At(start, start.Style == SequenceStyle.Flow ? next : start));
    }

    private YamlMapping ReadMapping(MappingStart start, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var seen = new Dictionary<string, SourceRef>(StringComparer.Ordinal);
        var next = Advance();
        for (; next is not MappingEnd; next = Advance())
        {
            var key = ReadNode(next, depth + 1);
            var value = ReadNode(Advance(), depth + 1);
            if (key is not YamlScalar name)
                _findings.Error(SpecCodes.YamlFeature, $"a key must be text, but this is {key.Noun}", key.At);
            else if (name is { IsPlain: true, Text: "<<" })
                _findings.Error(
                    SpecCodes.YamlFeature,
                    "merge keys (`<<`) are not allowed",
                    name.At,
                    "write the keys out where they apply");
            else if (!seen.TryAdd(name.Text, name.At))
                _findings.Error(
                    SpecCodes.DuplicateKey,
                    $"`{name.Text}` is given twice; first in line {seen[name.Text].Line}",
                    name.At,
                    "keep one of the two");
            else
                entries.Add(new YamlEntry(name, value, Span(name.At, value.At)));
        }

        // A block mapping is shown by its first key: it has no mark of its own.
        var at = start.Style == MappingStyle.Flow ? At(start, next) : entries.Count > 0 ? entries[0].At : At(start, start);
        return new YamlMapping(entries.ToImmutable(), at);
    }

    private YamlRefused RefuseAlias(AnchorAlias alias)
    {
        Refuse(alias, $"aliases (`*{alias.Value}`) are not allowed", "write the value out where it applies");
        return new YamlRefused(At(alias, alias));
    }

    private void RefuseDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
            Refuse(node, $"anchors (`&{node.Anchor.Value}`) are not allowed", "write the value out where it applies");
        if (!node.Tag.IsEmpty)
            Refuse(node, "tags (`!...`) are not allowed", "remove it: the key says what kind of value it holds");
    }

    private void Refuse(ParsingEvent where, string what, string fix) =>
        _findings.Error(SpecCodes.YamlFeature, what, At(where, where), fix);

    private ParsingEvent Advance()
    {
        if (!_parser.MoveNext() || _parser.Current is not { } current)
            throw new YamlException("the file ends in the middle of a value");
        _last = At(current, current);
        return current;
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (Advance() is not T)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "something else was expected here");
    }

    private SourceRef At(ParsingEvent first, ParsingEvent last)
    {
        var (start, end) = (first.Start, last.End);
        var length = start.Line == end.Line ? (int)(end.Column - start.Column) : 0;
        return new SourceRef(_findings.File, (int)start.Line, (int)start.Column, length);
    }

    private static SourceRef Span(SourceRef key, SourceRef value) =>
        key.Line == value.Line && value.Length > 0 ? key with { Length = value.Column + value.Length - key.Column } : key;

    private sealed class TooDeepException(SourceRef at) : Exception
    {
        public SourceRef At { get; } = at;
    }
}
