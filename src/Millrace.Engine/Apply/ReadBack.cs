using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Apply;

/// <summary>Whether a node has what a step was to bring about.</summary>
internal static class ReadBack
{
    /// <summary>What is wrong, with both sides; null when all is as expected.</summary>
    public static string? Difference(Expectation expect, ObjectShape? found)
    {
        if (Equals(expect.Shape, found))
            return null;
        if (expect.Shape is null)
            return $"{expect.Name} is still there after it was dropped";
        if (found is null)
            return $"{expect.Name} is not there after it was created";
        return $"{expect.Name} reads back differently:\n  expected {expect.Shape.CreateQuery}\n  found    {found.CreateQuery}";
    }
}
