namespace Millrace.IntegrationTests;

/// <summary>Asks a node over plain HTTP, so that tests of the cluster do not depend on Millrace's own client.</summary>
public static class NodeQuery
{
    // No pooled connections: nodes are killed and restarted between two questions.
    private static readonly HttpClient Http =
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Runs a statement and returns its answer without the last newline.</summary>
    public static async Task<string> AskAsync(this Uri node, string sql)
    {
        using var answer = await Http.PostAsync(node, new StringContent(sql));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text.TrimEnd('\n') : throw new InvalidOperationException($"{node}: {text}");
    }

    /// <summary>Asks until the answer is <paramref name="expected"/>.</summary>
    public static Task AskUntilAsync(this Uri node, string sql, string expected) => Patience.ExpectAsync(expected, () => node.AskAsync(sql), sql);
}
