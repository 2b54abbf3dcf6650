using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>The name of a plan: the same steps on the same nodes have the same one.</summary>
public static class PlanId
{
    /// <summary>Hexadecimal SHA-256 over everything that an apply would do and refuse, cut to 12 characters.</summary>
    public static string Of(Plan plan)
    {
        using var hash = new PartHash();
        hash.Add(plan.Project);
        hash.AddAll(plan.Steps, Add);
        hash.AddAll(plan.Refusals, Add);
        return hash.ToString();
    }

    private static void Add(PartHash hash, Step step)
    {
        hash.Add($"{step.Action} {step.Phase} {step.Order} {step.Risk} {step.OneNodeAtATime}");
        hash.Add(step.Role);
        hash.Add(step.Owner);
        hash.Add(step.Reason);
        Add(hash, step.Object);
        hash.AddAll(step.Needs, Add);
        hash.AddAll(step.Statements, Add);
        hash.AddAll(step.Nodes, Add);
        hash.AddAll(step.Before, Add);
        hash.AddAll(step.Expect, Add);
    }

    private static void Add(PartHash hash, string text) => hash.Add(text);

    private static void Add(PartHash hash, Finding finding)
    {
        hash.Add(finding.Code);
        hash.Add(finding.Message);
    }

    private static void Add(PartHash hash, ObjectName name)
    {
        hash.Add(name.Database);
        hash.Add(name.Name);
    }

    private static void Add(PartHash hash, Expectation state)
    {
        Add(hash, state.Name);
        if (state.Shape is not { } shape)
        {
            hash.Add("gone");
            return;
        }

        Add(hash, shape.Name);
        foreach (var text in (ImmutableArray<string>)
            [shape.Engine, shape.EngineFull, shape.AsSelect, shape.Target?.ToString() ?? "", shape.Comment, shape.CreateQuery])
            hash.Add(text);
        hash.AddAll(shape.Columns, (to, column) => to.Add(column.ToString()));
    }

    /// <summary>Hashes a sequence of texts so that no two sequences look alike.</summary>
    private sealed class PartHash : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        public void AddAll<T>(ImmutableArray<T> items, Action<PartHash, T> add)
        {
            Add($"{items.Length}");
            foreach (var item in items)
                if (item is null)
                    Add("null"); // Only a file that was edited has one, and no plan has that hash.
                else
                    add(this, item);
        }

        public override string ToString() => Convert.ToHexStringLower(hash.GetCurrentHash())[..12];

        public void Dispose() => hash.Dispose();
    }
}
