using System.Text;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.IntegrationTests.ClickHouse;

public sealed class HttpNodeConnectionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parameters_arrive_as_they_were_given()
    {
        const string value = "it's a \"tab\"\t, a line\n, a \\ and ünïcode";
        var options = new StatementOptions { Parameters = new Dictionary<string, string> { ["value"] = value } };

        var answer = await server.Connection.QueryAsync("SELECT {value:String} FORMAT TSVRaw", options, Cancel);

        Assert.Equal(value + "\n", Encoding.UTF8.GetString(answer));
    }

    [Fact]
    public async Task A_compressed_answer_is_the_same_answer()
    {
        const string query = "SELECT number FROM numbers(100000) FORMAT JSONCompactEachRow";

        var plain = await server.Connection.QueryAsync(query, cancel: Cancel);
        var packed = await server.Connection.QueryAsync(query, new StatementOptions { Compress = true }, Cancel);
        var readOnly = await server.ConnectAs("reader", "reading").QueryAsync(query, new StatementOptions { Compress = true }, Cancel);

        Assert.Equal(plain, packed);
        Assert.Equal(plain, readOnly);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")] // Overrides the wait for the end: rows are on their way when the error comes.
    public async Task An_error_after_thousands_of_rows_is_an_error(string wait)
    {
        var settings = new Dictionary<string, string> { ["max_block_size"] = "100" };
        if (wait.Length > 0)
            settings["wait_end_of_query"] = wait;

        var error = await Assert.ThrowsAsync<ServerErrorException>(() => server.Connection.QueryAsync(
            "SELECT throwIf(number = 500000), toString(number) FROM numbers(600000) FORMAT JSONCompactEachRow",
            new StatementOptions { Settings = settings },
            Cancel));

        Assert.Equal((395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"), (error.Code, error.Name));
    }

    [Fact]
    public async Task A_mistake_is_told_in_the_servers_words_without_its_version()
    {
        var error = await Assert.ThrowsAsync<ServerErrorException>(
            () => server.Connection.QueryAsync("SELECT * FROM nowhere.nothing", cancel: Cancel));

        Assert.Equal(81, error.Code);
        Assert.Equal("UNKNOWN_DATABASE", error.Name);
        Assert.DoesNotContain("version", error.Message);
    }

    [Theory]
    [InlineData("locked", "wrong")]
    [InlineData("nobody", "")]
    public async Task A_wrong_password_or_user_is_told(string user, string password)
    {
        var error = await Assert.ThrowsAsync<ServerErrorException>(
            () => server.ConnectAs(user, password).QueryAsync("SELECT 1", cancel: Cancel));

        Assert.True(error.IsAccessError);
        Assert.StartsWith($"user '{user}' is refused", error.Message);
    }

    [Fact]
    public async Task The_right_password_works() =>
        Assert.NotEmpty(await server.ConnectAs("locked", "right").QueryAsync("SELECT 1", cancel: Cancel));

    [Fact]
    public async Task A_long_statement_ends_at_its_timeout()
    {
        var error = await Assert.ThrowsAsync<NodeUnreachableException>(() => server.Connection.ExecuteAsync(
            "SELECT sleep(3)", new StatementOptions { Timeout = TimeSpan.FromMilliseconds(300) }, Cancel));

        Assert.Contains("no answer within 0.3 s", error.Message);
    }

    [Fact]
    public async Task The_native_port_is_recognised_as_the_wrong_one()
    {
        var port = Encoding.UTF8.GetString(await server.Connection.QueryAsync("SELECT getServerPort('tcp_port')", cancel: Cancel));
        var native = new Uri($"http://127.0.0.1:{port.Trim()}");

        var error = await Assert.ThrowsAsync<NodeUnreachableException>(
            () => server.Connector.Connect(native, new ConnectOptions()).QueryAsync("SELECT 1", cancel: Cancel));

        Assert.Contains("is for clickhouse-client program", error.Message);
    }
}
