using System.Net.Http.Headers;
using System.Text;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.ClickHouse.Http;

/// <summary>Builds the HTTP request of one statement.</summary>
internal static class StatementRequest
{
    public static HttpRequestMessage Build(Uri node, ConnectOptions connect, string sql, StatementOptions options)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, Query(node, options)))
        {
            Content = new StringContent(sql, Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("X-ClickHouse-User", connect.User);
        if (!connect.Password.IsEmpty)
            request.Headers.TryAddWithoutValidation("X-ClickHouse-Key", connect.Password.Reveal());
        if (options.Compress)
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        return request;
    }

    private static string Query(Uri node, StatementOptions options)
    {
        // The server answers only when the statement is done: the status line then tells the truth.
        var query = new StringBuilder(node.AbsolutePath).Append("?wait_end_of_query=1");
        if (options.Compress)
            Add(query, "enable_http_compression", "1");
        if (options.QueryId is { } id)
            Add(query, "query_id", id);
        foreach (var (name, value) in options.Settings ?? Empty)
            Add(query, name, value);
        foreach (var (name, value) in options.Parameters ?? Empty)
            Add(query, "param_" + name, EscapeParameter(value));
        return query.ToString();
    }

    private static void Add(StringBuilder query, string name, string value) =>
        query.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));

    /// <summary>Parameters travel in ClickHouse's escaped form, where a tab or line break would end the value.</summary>
    private static string EscapeParameter(string value) =>
        value.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n");

    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();
}
