using System.Net;
using System.Net.Sockets;
using System.Text;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.Engine.Nodes;
using Millrace.Testing;
using Xunit;

namespace Millrace.UnitTests.ClickHouse;

public sealed class HttpNodeConnectionTests : IDisposable
{
    private static readonly StatementOptions Once = new() { Idempotent = false };
    private static readonly ConnectOptions Connect = new()
    {
        User = "millrace",
        Password = new Secret("s3cret!pw"),
        ConnectTimeout = TimeSpan.FromMilliseconds(500),
        StatementTimeout = TimeSpan.FromMilliseconds(400),
        Retries = 2,
    };

    private readonly HttpNodeConnector _connector = new();

    public void Dispose() => _connector.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_come_back_as_the_server_sent_them()
    {
        await using var server = ScriptedServer.InTurn(ScriptedAnswer.Rows("[1]\n[2]\n"));

        Assert.Equal("[1]\n[2]\n", Encoding.UTF8.GetString(await QueryAsync(server)));
    }

    [Fact]
    public async Task User_password_settings_and_parameters_travel_outside_the_statement()
    {
        await using var server = ScriptedServer.InTurn(ScriptedAnswer.Rows());
        var options = new StatementOptions
        {
            Settings = new Dictionary<string, string> { ["max_threads"] = "1" },
            Parameters = new Dictionary<string, string> { ["name"] = "a&b\tc" },
            QueryId = "q 1",
        };

        await Open(server).ExecuteAsync("SELECT {name:String}", options, Cancel);

        var request = Assert.Single(server.Requests);
        Assert.Equal("SELECT {name:String}", request.Sql);
        Assert.Equal("millrace", request.Headers["x-clickhouse-user"]);
        Assert.Equal("s3cret!pw", request.Headers["x-clickhouse-key"]);
        Assert.Equal("/?wait_end_of_query=1&query_id=q%201&max_threads=1&param_name=a%26b%5Ctc", request.Target);
    }

    [Fact]
    public async Task An_error_carries_code_name_and_words()
    {
        await using var server = ScriptedServer.InTurn(ScriptedAnswer.Error(60, "UNKNOWN_TABLE", "Table m.t does not exist.", 404));

        var error = await Assert.ThrowsAsync<ServerErrorException>(() => QueryAsync(server));

        Assert.Equal((60, "UNKNOWN_TABLE", "Table m.t does not exist."), (error.Code, error.Name, error.Message));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_error_in_the_middle_of_the_rows_is_an_error()
    {
        await using var server = ScriptedServer.InTurn(
            ScriptedAnswer.ErrorAfter("[1]\n[2]\n", 395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO", "Value is non-zero."));

        var error = await Assert.ThrowsAsync<ServerErrorException>(() => QueryAsync(server));

        Assert.Equal((395, "Value is non-zero."), (error.Code, error.Message));
    }

    [Fact]
    public async Task A_wrong_password_says_what_to_check_and_not_what_it_was()
    {
        await using var server = ScriptedServer.InTurn(
            ScriptedAnswer.Error(516, "AUTHENTICATION_FAILED", "millrace: Authentication failed for s3cret!pw", 403));

        var error = await Assert.ThrowsAsync<ServerErrorException>(() => QueryAsync(server));

        Assert.Contains("user 'millrace' is refused", error.Message);
        Assert.DoesNotContain("s3cret!pw", error.ToString());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_secret_that_an_error_repeats_is_hidden()
    {
        await using var server = ScriptedServer.InTurn(
            ScriptedAnswer.Error(62, "SYNTAX_ERROR", "Syntax error: failed at position 9 ('s3cret!pw')", 400));

        var error = await Assert.ThrowsAsync<ServerErrorException>(() => QueryAsync(server));

        Assert.Contains("('[hidden]')", error.Message);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task A_web_page_is_not_an_answer_of_the_node(int status)
    {
        await using var server = ScriptedServer.InTurn(ScriptedAnswer.Html(status, "<html><h1>Welcome\n to nginx</h1></html>"));

        var error = await Assert.ThrowsAsync<NodeUnreachableException>(() => QueryAsync(server));

        Assert.Contains($"HTTP {status} (text/html), but not as a ClickHouse server: '<html><h1>Welcome to nginx", error.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_proxy_without_a_backend_is_asked_again()
    {
        await using var server = ScriptedServer.InTurn(
            ScriptedAnswer.Html(503, "<html>no server available</html>"), ScriptedAnswer.Rows("[1]\n"));

        await Open(server).QueryAsync("INSERT INTO t VALUES (1)", Once, Cancel);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_cut_answer_is_asked_for_again()
    {
        await using var server = ScriptedServer.InTurn(
            ScriptedAnswer.Rows("[1]\n[2]\n") with { Ending = Ending.Cut }, ScriptedAnswer.Rows("[1]\n[2]\n"));

        Assert.Equal(8, (await QueryAsync(server)).Length);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(Ending.Cut)]
    [InlineData(Ending.NoAnswer)]
    public async Task A_statement_that_may_have_run_is_not_sent_again(Ending ending)
    {
        await using var server = ScriptedServer.InTurn(ScriptedAnswer.Rows("[1]\n[2]\n") with { Ending = ending });

        var error = await Assert.ThrowsAsync<NodeUnreachableException>(
            () => Open(server).ExecuteAsync("INSERT INTO t VALUES (1)", Once, Cancel));

        Assert.True(error.MayHaveRun);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_answer_that_cannot_prove_to_be_whole_is_refused()
    {
        await using var server = ScriptedServer.InTurn(ScriptedAnswer.Rows("[1]\n") with { Ending = Ending.CloseDelimited });

        var error = await Assert.ThrowsAsync<NodeUnreachableException>(() => QueryAsync(server));

        Assert.Contains("without a length", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_hangs_is_given_up_on_after_the_statement_timeout(bool inTheBody)
    {
        await using var server = ScriptedServer.InTurn(
            inTheBody ? ScriptedAnswer.Rows("[1]\n") with { Ending = Ending.Hang } : ScriptedAnswer.Hang());

        var error = await Assert.ThrowsAsync<NodeUnreachableException>(() => QueryAsync(server));

        Assert.Contains("no answer within 0.4 s (connect.statement_timeout)", error.Message);
        Assert.True(error.MayHaveRun);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refused_connection_says_so_and_has_not_run()
    {
        var error = await Assert.ThrowsAsync<NodeUnreachableException>(
            () => _connector.Connect(UnusedAddress(), Connect).ExecuteAsync("SELECT 1", Once, Cancel));

        Assert.Contains("connection refused", error.Message);
        Assert.False(error.MayHaveRun);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_named()
    {
        var error = await Assert.ThrowsAsync<NodeUnreachableException>(
            () => _connector.Connect(new Uri("http://no-such-host.invalid:8123"), Connect with { Retries = 0 })
                .QueryAsync("SELECT 1", cancel: Cancel));

        Assert.Contains("no-such-host.invalid:8123", error.Message);
        Assert.Contains("does not resolve", error.Message);
    }

    [Fact]
    public async Task TLS_to_a_plain_port_is_explained()
    {
        await using var server = ScriptedServer.InTurn(ScriptedAnswer.Rows());
        var https = new UriBuilder(server.Address) { Scheme = "https" }.Uri;

        var error = await Assert.ThrowsAsync<NodeUnreachableException>(
            () => _connector.Connect(https, Connect).QueryAsync("SELECT 1", cancel: Cancel));

        Assert.Contains("TLS failed", error.Message);
    }

    [Fact]
    public async Task A_password_in_the_address_is_not_repeated()
    {
        var address = new UriBuilder(UnusedAddress()) { UserName = "u", Password = "in-the-url" }.Uri;

        var error = await Assert.ThrowsAsync<NodeUnreachableException>(
            () => _connector.Connect(address, Connect with { Retries = 0 }).QueryAsync("SELECT 1", cancel: Cancel));

        Assert.DoesNotContain("in-the-url", error.ToString());
    }

    [Fact]
    public async Task The_callers_interrupt_is_not_a_timeout()
    {
        await using var server = ScriptedServer.InTurn(ScriptedAnswer.Hang());
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Open(server).QueryAsync("SELECT 1", cancel: interrupt.Token));
    }

    [Theory]
    [InlineData("/nonexistent/ca.pem")]
    [InlineData("/dev/null")]
    public void A_bad_certificate_file_is_the_users_error(string file)
    {
        var error = Assert.Throws<UserErrorException>(
            () => _connector.Connect(new Uri("https://127.0.0.1:1"), Connect with { CaFile = file }));

        Assert.Contains(file, error.Message);
    }

    private INodeConnection Open(ScriptedServer server) => _connector.Connect(server.Address, Connect);

    private Task<byte[]> QueryAsync(ScriptedServer server) => Open(server).QueryAsync("SELECT 1", cancel: Cancel);

    private static Uri UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
