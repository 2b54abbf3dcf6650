using System.Net.Sockets;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.ClickHouse.Http;

/// <summary>Says in plain words why no answer came, and whether the request may have run.</summary>
internal sealed class TransportErrors(string node, ConnectOptions connect)
{
    /// <summary>Not retried: the wait was already as long as the user wants to wait.</summary>
    public NodeUnreachableException TimedOut(TimeSpan timeout, Exception cause) =>
        new($"{node}: no answer within {timeout.TotalSeconds:0.###} s (connect.statement_timeout)", mayHaveRun: true, cause);

    /// <summary>Not retried: TCP itself has already sent the first packet several times.</summary>
    public NodeUnreachableException ConnectTimedOut(Exception cause) =>
        new($"{node}: no connection within {connect.ConnectTimeout.TotalSeconds:0.###} s (connect.connect_timeout)",
            mayHaveRun: false, cause);

    public NodeUnreachableException Broken(Exception cause)
    {
        var kind = (cause as HttpRequestException)?.HttpRequestError ?? (cause as HttpIOException)?.HttpRequestError;
        return kind switch
        {
            HttpRequestError.NameResolutionError =>
                new($"{node}: the host name does not resolve", mayHaveRun: false, cause, isTransient: true),
            HttpRequestError.SecureConnectionError =>
                new($"{node}: TLS failed: {Innermost(cause)} (connect.ca names the authority; is the port an HTTPS one?)",
                    mayHaveRun: false, cause),
            HttpRequestError.ConnectionError =>
                new($"{node}: {ConnectFailure(cause)}", mayHaveRun: false, cause, isTransient: true),
            HttpRequestError.ResponseEnded =>
                new($"{node}: the connection was closed before the answer was complete", mayHaveRun: true, cause, isTransient: true),
            _ => new($"{node}: the connection broke: {Innermost(cause)}", mayHaveRun: true, cause, isTransient: true),
        };
    }

    private static string ConnectFailure(Exception cause) => FindSocketError(cause) switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no route to the host",
        SocketError.TimedOut => "the connection attempt timed out",
        _ => $"cannot connect: {Innermost(cause)}",
    };

    private static SocketError? FindSocketError(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            if (error is SocketException socket)
                return socket.SocketErrorCode;
        return null;
    }

    private static string Innermost(Exception error) => error.GetBaseException().Message.TrimEnd('.');
}
