namespace Millrace.Core.Model;

/// <summary>A value that must never be printed: its text form is always the placeholder.</summary>
public sealed class Secret(string value) : IEquatable<Secret>
{
    public const string Placeholder = "[hidden]";

    public static Secret None { get; } = new("");

    public bool IsEmpty => value.Length == 0;

    /// <summary>The value itself, for the wire only.</summary>
    public string Reveal() => value;

    public bool Equals(Secret? other) => other is not null && other.Reveal() == value;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => string.GetHashCode(value, StringComparison.Ordinal);

    public override string ToString() => Placeholder;
}
