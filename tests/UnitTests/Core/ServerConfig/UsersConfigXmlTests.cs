using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Xunit;

namespace Millrace.UnitTests.Core.ServerConfig;

public sealed class UsersConfigXmlTests
{
    [Fact]
    public void Only_ingestion_nodes_wait_until_rows_are_on_storage()
    {
        Assert.Equal("1", UsersConfig.ProfileOf(RoleKind.Ingestion)["distributed_foreground_insert"]);
        Assert.DoesNotContain("distributed_foreground_insert", UsersConfig.ProfileOf(RoleKind.Storage).Keys);
        Assert.DoesNotContain("distributed_foreground_insert", UsersConfig.ProfileOf(RoleKind.Query).Keys);
    }

    [Fact]
    public void A_password_takes_the_rights_of_the_default_user()
    {
        var open = UsersConfigXml.Render(new UsersConfig());
        Assert.Contains("<access_management>1</access_management>", open, StringComparison.Ordinal);
        Assert.DoesNotContain("<grants>", open, StringComparison.Ordinal);

        var closed = UsersConfigXml.Render(new UsersConfig { PasswordHash = new Secret("abc123") });
        Assert.Contains("<password_sha256_hex>abc123</password_sha256_hex>", closed, StringComparison.Ordinal);
        var ofDefault = closed[closed.IndexOf("<users>", StringComparison.Ordinal)..closed.IndexOf("<millrace>", StringComparison.Ordinal)];
        Assert.Contains("<grants>", ofDefault, StringComparison.Ordinal);
        Assert.DoesNotContain("access_management", ofDefault, StringComparison.Ordinal);
    }
}
