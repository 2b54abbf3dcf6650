namespace Millrace.Engine.Nodes;

/// <summary>A connection to one ClickHouse server: the seam between use cases and the wire.</summary>
public interface INodeConnection
{
    /// <summary>Runs a statement that returns no rows.</summary>
    /// <exception cref="ServerErrorException">The server answered with an error.</exception>
    /// <exception cref="NodeUnreachableException">No usable answer came back.</exception>
    Task ExecuteAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default);

    /// <summary>Runs a query and returns its whole answer, in the format that the query names, as bytes.</summary>
    /// <exception cref="ServerErrorException">The server answered with an error.</exception>
    /// <exception cref="NodeUnreachableException">No usable answer came back.</exception>
    Task<byte[]> QueryAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default);
}
