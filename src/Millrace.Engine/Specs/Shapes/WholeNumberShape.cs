using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>A whole number within bounds.</summary>
internal sealed class WholeNumberShape(int least, int most = int.MaxValue) : ScalarShape<int>
{
    public override string Noun =>
        most == int.MaxValue ? $"a whole number from {least}" : $"a whole number from {least} to {most}";

    protected override bool TryParse(string text, YamlScalar scalar, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;

    public override JsonObject Schema()
    {
        var number = new JsonObject { ["type"] = "integer", ["minimum"] = least };
        if (most != int.MaxValue)
            number["maximum"] = most;
        return new JsonObject { ["anyOf"] = new JsonArray(number, TextOrReference("^[0-9]+$")) };
    }
}
