using Millrace.Engine.Nodes;

namespace Millrace.Engine.Lab;

/// <summary>A running lab; disposing it ends the server and deletes its data.</summary>
public interface ILab : IAsyncDisposable
{
    INodeConnection Connection { get; }
}
