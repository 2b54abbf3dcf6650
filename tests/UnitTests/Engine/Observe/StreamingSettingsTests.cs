using Millrace.Engine.Observe;
using Xunit;

namespace Millrace.UnitTests.Engine.Observe;

public sealed class StreamingSettingsTests
{
    private const string Foreground = "distributed_foreground_insert";

    [Fact]
    public void Without_a_profile_the_servers_default_holds() =>
        Assert.Equal("0", RestrictedFacts.Resolve([Setting("", Foreground, "0")])[Foreground]);

    [Fact]
    public void The_default_profile_overrides_it() =>
        Assert.Equal("1", RestrictedFacts.Resolve([Setting("", Foreground, "0"), Setting("default", Foreground, "1")])[Foreground]);

    [Fact]
    public void Another_profile_does_not() =>
        Assert.Equal("0", RestrictedFacts.Resolve([Setting("", Foreground, "0"), Setting("etl", Foreground, "1")])[Foreground]);

    [Fact]
    public void The_older_name_of_the_setting_counts() =>
        Assert.Equal("1", RestrictedFacts.Resolve([Setting("default", "insert_distributed_sync", "1")])[Foreground]);

    [Fact]
    public void Parents_are_followed_in_the_order_they_are_written() => Assert.Equal("1", RestrictedFacts.Resolve(
    [
        new ProfileElement("default", "", "", "streams"),
        Setting("streams", Foreground, "1"),
        new ProfileElement("streams", "", "", "default"), // A circle must not be followed for ever.
    ])[Foreground]);

    private static ProfileElement Setting(string profile, string name, string value) => new(profile, name, value, "");
}
