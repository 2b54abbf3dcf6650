using System.Globalization;
using Millrace.Core.Findings;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A finding that is accepted for a while, in <c>millrace.yaml</c>.</summary>
internal static class AllowanceSpec
{
    private static readonly Field<string> Code = Field.Required(
        "code", new TextShape("a code such as `MR301`", "^MR[0-9]{3}$"), "The finding that is accepted", example: "MR301");

    private static readonly Field<string> Object = Field.Optional(
        "object", Text.Any, "The object that it is about, as `--json` names it; with or without the database", example: "shop.totals", otherwise: "every object");

    private static readonly Field<string> Reason = Field.Required(
        "reason", Text.Any, "Why it is no harm here; shown with the finding", example: "the counter never passes 65535");

    private static readonly Field<string> Until = Field.Required(
        "until",
        new TextShape("a day such as `2027-01-31`", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
        "The last day on which it is accepted",
        example: "2027-01-31");

    public static readonly ObjectShape<Allowance> Shape = new(
        "allow",
        "A finding of `check` and `plan` that is accepted, with a reason and an end",
        [Code, Object, Reason, Until],
        v => new Allowance(v.Get(Code), v.Find(Object), v.Get(Reason), DayOf(v.Get(Until))));

    /// <summary>A day that a month does not have is its last one.</summary>
    private static DateOnly DayOf(string text)
    {
        var parts = text.Split('-').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var year = Math.Max(1, parts[0]);
        return new DateOnly(year, parts[1], Math.Min(parts[2], DateTime.DaysInMonth(year, parts[1])));
    }
}
