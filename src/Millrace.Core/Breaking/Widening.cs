using Millrace.Core.Planning;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking;

/// <summary>Another type for a column that takes altered values: advice, once an engine has shown that it works and hurts nothing.</summary>
/// <param name="Was">The column's type as it is.</param>
/// <param name="Type">The type that takes all that is sent.</param>
/// <param name="Sent">The type of what is sent.</param>
public sealed record Widening(ObjectRef Table, string Column, string Was, string Type, string Sent)
{
    /// <summary>Those that would mend what the engine's verdicts tell of a world.</summary>
    public static IEnumerable<Widening> Of(ChangeFacts facts) =>
        Conversions.Of(facts.After)
            .Where(item => item.Kind == ConversionKind.Push && !facts.Verdict(item.Path).IsLossless)
            .Select(item => For(item.To, item.Column, item.Path.From, item.Path.To))
            .Distinct();

    /// <summary>A column that merges aggregate goes on doing so: only the type of its values is another.</summary>
    public static Widening For(ObjectRef table, string column, string sent, string was)
    {
        var value = Aggregated(sent)?.Value ?? sent;
        return new(table, column, was, Aggregated(was) is { } kept ? $"SimpleAggregateFunction({kept.Function}, {value})" : value, sent);
    }

    /// <summary>What is stored, on its way into the new type.</summary>
    public TypePath Stored => new(ConversionKind.Stored, [Was, Type]);

    /// <summary>What is sent, on its way into the new type.</summary>
    public TypePath Arriving => new(ConversionKind.Push, [Sent, Type]);

    private static (string Function, string Value)? Aggregated(string type)
    {
        if (TypeText.Unwrap(type, "SimpleAggregateFunction") is not { } inside)
            return null;
        var parts = EngineClauses.TopLevelSplit(inside).Select(part => part.Trim()).ToList();
        return (parts[0], parts[^1]);
    }
}
