using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.ClickHouse.Http;

/// <summary>One ClickHouse server, over HTTP or HTTPS. Safe for concurrent use.</summary>
public sealed class HttpNodeConnection : INodeConnection
{
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly ConnectOptions _connect;
    private readonly TimeProvider _time;
    private readonly TransportErrors _errors;
    private readonly AnswerReader _answers;

    internal HttpNodeConnection(HttpClient client, Uri address, ConnectOptions connect, TimeProvider time)
    {
        _client = client;
        // A password in the address would end up in every message.
        _address = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
        _connect = connect;
        _time = time;
        var name = _address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        _errors = new TransportErrors(name, connect);
        _answers = new AnswerReader(name, connect);
    }

    public async Task ExecuteAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default) =>
        await QueryAsync(sql, options, cancel);

    public async Task<byte[]> QueryAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default)
    {
        options ??= Default;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await SendAsync(sql, options, cancel);
            }
            catch (Exception error) when (attempt < _connect.Retries && RetryPolicy.Allows(error, options))
            {
                await Task.Delay(RetryPolicy.Delay(attempt, Random.Shared.NextDouble()), _time, cancel);
            }
        }
    }

    private async Task<byte[]> SendAsync(string sql, StatementOptions options, CancellationToken cancel)
    {
        var timeout = options.Timeout ?? _connect.StatementTimeout;
        using var timer = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        using var request = StatementRequest.Build(_address, _connect, sql, options);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await _answers.ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw timer.IsCancellationRequested ? _errors.TimedOut(timeout, error) : _errors.ConnectTimedOut(error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            throw _errors.Broken(error);
        }
    }

    private static readonly StatementOptions Default = new();
}
