using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Says what a conversion does to the data.</summary>
internal static class ConversionWords
{
    public static Breakage Describe(ChangeFacts facts, Conversion item, Conversion? was, CastVerdict verdict) =>
        new(CodeOf(item, verdict), SeverityOf(facts, item, was, verdict), Message(item, verdict))
        {
            Where = item.To,
            Column = item.Column,
            Causes = Causes(facts, item),
            Path = PathOf(facts.After, item),
            Evidence = Evidence(item, verdict),
            Fix = Fix(facts, item, verdict),
        };

    private static string CodeOf(Conversion item, CastVerdict verdict) => item.Kind switch
    {
        ConversionKind.Header => "MR304",
        ConversionKind.Stored => "MR305",
        ConversionKind.Default => "MR306",
        ConversionKind.Message => "MR307",
        ConversionKind.Read when item.By.HasSelect => "MR304",
        ConversionKind.Write or ConversionKind.Read => item.By.Engine == "Buffer" ? "MR343" : item.By.Engine == "Distributed" ? "MR340" : item.By.Engine == "Dictionary" ? "MR345" : "MR344",
        _ when verdict.Impossible is not null => "MR303",
        _ when verdict.Altered.IsEmpty && verdict.Poisoned.IsEmpty => "MR302",
        _ => "MR301",
    };

    /// <summary>What a new view alters is perhaps meant, and not every producer sends text; an insert that fails, and values that came through before, are not.</summary>
    private static Severity SeverityOf(ChangeFacts facts, Conversion item, Conversion? was, CastVerdict verdict) =>
        facts.Before is null || (item.Kind == ConversionKind.Message && item.By.Engine != "Kafka") || (was is null && facts.Was(item.By) is null && verdict.Rank == 1)
            ? Severity.Warning
            : Severity.Error;

    private static string Message(Conversion item, CastVerdict verdict)
    {
        var column = $"`{item.To}`.`{item.Column}`";
        var types = $"({item.Path})";
        if (verdict.Impossible is { } fault)
            return item.Kind == ConversionKind.Read
                ? $"{column} cannot be read any more: the types do not convert {types}"
                : $"no row gets into {column} any more: the types do not convert {types}, error {fault.Code}";
        if (!verdict.Poisoned.IsEmpty)
            return $"{column} becomes unreadable once {verdict.Poisoned[0].Sent} arrives {types}, error {verdict.Poisoned[0].Fault.Code}";
        if (verdict.Altered.IsEmpty)
            return item.Kind switch
            {
                ConversionKind.Stored => $"{column} cannot be converted where it holds {verdict.Refused[0].Sent} {types}, error {verdict.Refused[0].Fault.Code}",
                ConversionKind.Read => $"{column} cannot be read where it is {verdict.Refused[0].Sent} {types}, error {verdict.Refused[0].Fault.Code}",
                ConversionKind.Message => $"a message with {verdict.Refused[0].Sent} in `{item.Column}` can no longer be read {types}",
                _ => $"an insert fails when {column} should take {verdict.Refused[0].Sent} {types}, error {verdict.Refused[0].Fault.Code}",
            };
        var (sent, stored) = verdict.Altered[0];
        var verb = item.Kind switch
        {
            ConversionKind.Stored => "stored values are altered",
            ConversionKind.Read => "is read altered",
            ConversionKind.Message => item.By.Engine == "Kafka" ? "is read altered from messages" : "takes another moment from the same text",
            _ => "takes altered values",
        };
        return $"{column} {verb}: {sent} becomes {stored} {types}";
    }

    private static string PathOf(World world, Conversion item) => item.Kind switch
    {
        ConversionKind.Push or ConversionKind.Header => Flow.Text(world, item.Column, item.From, item.By.Ref, item.To),
        ConversionKind.Write or ConversionKind.Read => Flow.Text(world, item.Column, item.From, item.To),
        _ => Flow.Text(world, item.Column, item.To),
    };

    private static ImmutableArray<string> Evidence(Conversion item, CastVerdict verdict)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        if (verdict.Altered.Length > 0)
            lines.Add($"measured: {string.Join(", ", verdict.Altered.Take(4).Select(pair => $"{pair.Sent} -> {pair.Stored}"))}");
        if (verdict.Refused.Length > 0)
            lines.Add($"refused: {string.Join(", ", verdict.Refused.Take(3).Select(pair => pair.Sent))}; {verdict.Refused[0].Fault}");
        if (verdict.Poisoned.Length > 0)
            lines.Add($"stored and unreadable: {verdict.Poisoned[0].Sent}; {verdict.Poisoned[0].Fault}");
        if (verdict.Impossible is { } fault)
            lines.Add(fault.ToString());
        if (item.Kind == ConversionKind.Header)
            lines.Add($"`{item.By.Ref}` keeps the column list that it was created with: {item.Column} {item.Path.Types[1]}");
        return lines.ToImmutable();
    }

    private static string Fix(ChangeFacts facts, Conversion item, CastVerdict verdict)
    {
        var column = Quote.Name(item.Column);
        return item.Kind switch
        {
            ConversionKind.Push => TargetAdvice.For(facts, item.To, item.Column, item.Path, verdict),
            ConversionKind.Header => Anew(facts, item),
            ConversionKind.Read when item.By.HasSelect => $"run ALTER TABLE {Quote.Name(item.By.Name)} MODIFY QUERY with the same SELECT: the columns are taken anew",
            ConversionKind.Write or ConversionKind.Read =>
                $"give both tables one type, the one behind first: ALTER TABLE ... MODIFY COLUMN {column}",
            ConversionKind.Stored => $"add a new column of type {item.Path.To} beside it, fill it, and switch readers; or widen instead",
            ConversionKind.Default => $"give the column the type that its expression has now: {item.Path.From}",
            _ => $"keep {column} at {item.Path.From}, and narrow it in the view, where the SELECT says so",
        };
    }

    /// <summary>Columns that are taken anew meet the target's: where that one takes less, it comes first, or the fault only moves there.</summary>
    private static string Anew(ChangeFacts facts, Conversion item)
    {
        if (item.By.Engine == "View")
            return "create the view again with CREATE OR REPLACE VIEW: its columns are taken anew";
        var anew = $"ALTER TABLE {Quote.Name(item.By.Name)} MODIFY QUERY";
        if (facts.After.Target(item.By) is { } target && target.Column(item.Column) is { } column && Conversions.TakesValues(column)
            && item.Path with { Kind = ConversionKind.Push, Types = [item.Path.From, column.Type] } is var push && facts.Verdict(push) is { IsLossless: false } verdict)
            return $"the target has the old type too: {TargetAdvice.For(facts, target.Ref, item.Column, push, verdict)}; then {anew}, which takes the view's columns anew";
        return $"run {anew} with the same SELECT: the columns are taken anew";
    }

    private static ImmutableArray<ObjectRef> Causes(ChangeFacts facts, Conversion item)
    {
        ObjectRef?[] near = [item.To, item.By.Ref, item.From];
        var causes = near.OfType<ObjectRef>().Where(facts.IsChanged).Distinct().ToList();
        foreach (var source in item.By.Sources.Select(name => new ObjectRef(item.By.Ref.Role, name)).Where(facts.IsChanged))
            causes.Add(source);
        return [.. causes.DefaultIfEmpty(item.By.Ref)];
    }
}
