namespace Millrace.IntegrationTests.Extracting;

/// <summary>Two expressions that must be equal in every row.</summary>
/// <param name="What">What a failure calls them.</param>
public sealed record Comparison(string What, string Ours, string Expected);
