using System.Collections.Immutable;
using System.Text;
using Millrace.Testing;

namespace Millrace.IntegrationTests.Failures;

/// <summary>A bad network path to a real node: passes requests on, and answers as told where a fault applies.</summary>
/// <param name="fault">The faulty answer to a request, given the true one; null passes the true one on.</param>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly ScriptedServer server;

    public FaultyProxy(Uri node, Func<ScriptedRequest, Lazy<ScriptedAnswer>, ScriptedAnswer?> fault) =>
        server = new ScriptedServer(request =>
        {
            var truth = new Lazy<ScriptedAnswer>(() => Ask(node, request));
            return fault(request, truth) ?? truth.Value;
        });

    public Uri Address => server.Address;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static ScriptedAnswer Ask(Uri node, ScriptedRequest request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(node, request.Target))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Sql)),
        };
        foreach (var (name, value) in request.Headers.Where(header => header.Key.StartsWith("x-", StringComparison.Ordinal)))
            message.Headers.TryAddWithoutValidation(name, value);
        using var answer = Http.Send(message);
        using var body = new MemoryStream();
        answer.Content.ReadAsStream().CopyTo(body);
        return new ScriptedAnswer
        {
            Status = (int)answer.StatusCode,
            Body = body.ToArray(),
            Headers = answer.Headers.Where(header => header.Key.StartsWith("X-ClickHouse", StringComparison.OrdinalIgnoreCase))
                .ToImmutableDictionary(header => header.Key, header => header.Value.First()),
        };
    }
}
