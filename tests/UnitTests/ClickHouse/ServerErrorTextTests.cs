using Millrace.ClickHouse.Http;
using Xunit;

namespace Millrace.UnitTests.ClickHouse;

public sealed class ServerErrorTextTests
{
    [Theory]
    [InlineData(
        "Code: 60. DB::Exception: Table m.t does not exist. (UNKNOWN_TABLE) (version 26.7.2.1)\n",
        60, "UNKNOWN_TABLE", "Table m.t does not exist.")]
    [InlineData(
        "Code: 60. DB::Exception: Table m.t does not exist. (UNKNOWN_TABLE) (version 23.8.1.2992 (official build))",
        60, "UNKNOWN_TABLE", "Table m.t does not exist.")]
    [InlineData(
        "Code: 516. DB::Exception: locked: Authentication failed. (AUTHENTICATION_FAILED)",
        516, "AUTHENTICATION_FAILED", "locked: Authentication failed.")]
    [InlineData(
        "Code: 999. Coordination::Exception: All connection tries failed\nnodes: 127.0.0.1:2181\n. (KEEPER_EXCEPTION) (version 26.7.2.1)",
        999, "KEEPER_EXCEPTION", "All connection tries failed\nnodes: 127.0.0.1:2181\n.")]
    [InlineData(
        "Code: 62. DB::Exception: Syntax error (a) (version 1) at (B). (SYNTAX_ERROR)",
        62, "SYNTAX_ERROR", "Syntax error (a) (version 1) at (B).")]
    [InlineData("Code: 47. DB::Exception: no name here", 47, "", "no name here")]
    public void Code_name_and_words_are_told_apart(string text, int code, string name, string words)
    {
        var error = ServerErrorText.TryParse(text);

        Assert.NotNull(error);
        Assert.Equal((code, name, words), (error.Code, error.Name, error.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Code: 60. DB::Exception: x</html>")]
    [InlineData("Code: 99999999999. DB::Exception: too large for a code")]
    public void Other_texts_are_not_taken_for_errors(string text) => Assert.Null(ServerErrorText.TryParse(text));
}
