using Millrace.Embedded;
using Millrace.Engine.Lab;
using Millrace.Engine.Nodes;

namespace Millrace.DevCluster.Lab;

/// <summary>One lab: a server in a child process and its folder.</summary>
internal sealed class EmbeddedLab(EmbeddedNode node, INodeConnection connection, string folder) : ILab
{
    public INodeConnection Connection => connection;

    public async ValueTask DisposeAsync()
    {
        // A throwaway: its slow goodbye (Kafka tables take seconds to leave) would be part of every plan.
        await node.Process.KillAsync();
        await node.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
