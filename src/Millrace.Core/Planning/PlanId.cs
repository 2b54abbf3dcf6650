using System.Security.Cryptography;
using System.Text;

namespace Millrace.Core.Planning;

/// <summary>The name of a plan: the same steps on the same nodes have the same one.</summary>
public static class PlanId
{
    /// <summary>Hexadecimal SHA-256 over everything that an apply would do, cut to 12 characters.</summary>
    public static string Of(Plan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(plan.Project);
        foreach (var step in plan.Steps)
        {
            Add($"{step.Action} {step.Phase} {step.Order} {step.Risk} {step.Role} {step.Owner} {step.OneNodeAtATime}");
            Add(step.Object.ToString());
            foreach (var part in step.Statements.Concat(step.Nodes))
                Add(part);
            foreach (var state in step.Before.Concat(step.Expect))
                Add($"{state.Name} {state.Shape?.CreateQuery}");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];

        void Add(string text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }
    }
}
