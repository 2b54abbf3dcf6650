namespace Millrace.Core.Legs;

/// <summary>One condition of a cutover.</summary>
/// <param name="What">What must hold.</param>
/// <param name="Holds">Null: not looked at, because an earlier one does not hold.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Advice">What to do when it does not hold.</param>
public sealed record CutoverCheck(string What, bool? Holds, string Evidence, string Advice = "");
