using Millrace.Core.ServerConfig;
using Xunit;

namespace Millrace.UnitTests.Core.ServerConfig;

public sealed class HostPortTests
{
    [Theory]
    [InlineData("a:9000", "a", 9000)]
    [InlineData("[::1]:9000", "::1", 9000)]
    public void An_address_survives_reading_and_writing(string text, string host, int port)
    {
        Assert.Equal(new HostPort(host, port), HostPort.Parse(text));
        Assert.Equal(text, HostPort.Parse(text).ToString());
    }

    [Theory]
    [InlineData("a")]
    [InlineData(":9000")]
    [InlineData("a:x")]
    public void An_address_without_host_or_port_is_refused(string text) =>
        Assert.Throws<FormatException>(() => HostPort.Parse(text));
}
