using Millrace.Core.Model;

namespace Millrace.Engine.Nodes;

/// <summary>Opens connections to nodes.</summary>
public interface INodeConnector
{
    INodeConnection Connect(Uri http, ConnectOptions options);
}
