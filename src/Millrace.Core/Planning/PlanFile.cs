using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millrace.Core.Planning;

/// <summary>A plan as JSON, for review, for <c>--json</c> and for <c>apply plan.json</c>.</summary>
/// <param name="Version">Of this format; other versions are refused.</param>
/// <param name="Id">Hash of the plan; a file whose plan does not match it was edited and is refused.</param>
public sealed record PlanFile(int Version, string Id, Plan Plan)
{
    public const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Plan plan) =>
        JsonSerializer.Serialize(new PlanFile(CurrentVersion, PlanId.Of(plan), plan), Options);

    /// <exception cref="FormatException">The text is no plan, is of another version, or was changed after it was made.</exception>
    public static Plan Read(string json)
    {
        PlanFile? file;
        try
        {
            file = JsonSerializer.Deserialize<PlanFile>(json, Options);
        }
        catch (JsonException error)
        {
            throw new FormatException($"this is not a plan file: {error.Message}", error);
        }

        if (file?.Plan is null)
            throw new FormatException("this is not a plan file: it has no plan");
        if (file.Version != CurrentVersion)
            throw new FormatException($"the plan file has version {file.Version}, this millrace reads {CurrentVersion}");
        if (file.Id != PlanId.Of(file.Plan))
            throw new FormatException("the plan file was changed after it was made: make a new one with `millrace plan --out`");
        return file.Plan;
    }
}
