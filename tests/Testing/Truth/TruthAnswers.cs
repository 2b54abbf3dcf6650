namespace Millrace.Testing.Truth;

/// <summary>What an engine answered to the statements that show a damage.</summary>
/// <param name="Twin">With the harmless twin; null when the case has none.</param>
public sealed record TruthAnswers(string Without, string With, string? Twin)
{
    /// <summary>True when the change makes a difference: to the world as it was, or to what it should have become.</summary>
    public bool ShowDamage => With != Without || (Twin is not null && With != Twin);

    public override string ToString() =>
        $"-- without the change:\n{Without}-- with the change:\n{With}{(Twin is null ? "" : $"-- with its harmless twin:\n{Twin}")}";
}
