namespace Millrace.Core.Extracting;

/// <summary>One output column of an extraction, ready for the view's SELECT.</summary>
/// <param name="Type">The declared ClickHouse type; <paramref name="Sql"/> yields exactly it.</param>
/// <param name="Sql">The expression, without alias. It may use the bindings of <see cref="ExtractionSelect.With"/>.</param>
public sealed record ExtractedExpression(string Name, string Type, string Sql);
