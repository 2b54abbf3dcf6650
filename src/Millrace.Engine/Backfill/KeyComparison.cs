using System.Text;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>How a partition of a target compares with its source on one node.</summary>
/// <param name="Keys">Keys on either side.</param>
/// <param name="Different">Keys that are missing on one side or have other values.</param>
/// <param name="Example">One of those; empty when there is none.</param>
public sealed record KeyComparison(string Node, ObjectName Target, string Partition, long Keys, long Different, string Example)
{
    internal static IEnumerable<KeyComparison> Parse(string node, ObjectName target, string answer)
    {
        var found = new List<KeyComparison>();
        var row = new RowReader(Encoding.UTF8.GetBytes(answer));
        while (row.NextRow())
            found.Add(new KeyComparison(node, target, row.Text(), row.Integer(), row.Integer(), row.Text()));
        return found;
    }
}
