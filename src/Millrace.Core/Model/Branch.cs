namespace Millrace.Core.Model;

/// <summary>What makes a pipeline a further sink of another one.</summary>
/// <param name="Of">The pipeline under whose <c>also</c> it stands.</param>
/// <param name="Sink">Its key there.</param>
public sealed record Branch(string Of, string Sink);
