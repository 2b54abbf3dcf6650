using System.Xml.Linq;

namespace Millrace.Core.ServerConfig;

/// <summary>Writes a <see cref="UsersConfig"/> as a ClickHouse users file. Everybody comes from this machine only.</summary>
public static class UsersConfigXml
{
    public static string Render(UsersConfig config) =>
        new XElement(
            "clickhouse",
            new XElement("profiles", new XElement("default", config.Profile.Select(s => new XElement(s.Key, s.Value)))),
            new XElement("users", config.PasswordHash.IsEmpty ? [OpenDefault()] : [ClosedDefault(), Operator(config)]),
            new XElement("quotas", new XElement("default"))) + "\n";

    private static XElement OpenDefault() => User("default", new XElement("password"), EveryRight());

    private static XElement Operator(UsersConfig config) =>
        User(UsersConfig.Operator, new XElement("password_sha256_hex", config.PasswordHash.Reveal()), EveryRight());

    /// <summary>
    /// The embedded server's own session always is <c>default</c> without a password. So that user stays, with just the
    /// rights to open the listeners and to wait on standard input.
    /// </summary>
    private static XElement ClosedDefault() => User(
        "default",
        new XElement("password"),
        [
            new XElement(
                "grants",
                new XElement("query", "GRANT SYSTEM LISTEN ON *.*"),
                new XElement("query", "GRANT READ ON FILE"),
                new XElement("query", "GRANT CREATE TEMPORARY TABLE ON *.*")),
        ]);

    private static XElement User(string name, XElement password, XElement[] rights) => new(
        name,
        password,
        new XElement("profile", "default"),
        new XElement("quota", "default"),
        new XElement("networks", new XElement("ip", "127.0.0.0/8"), new XElement("ip", "::1")),
        rights);

    private static XElement[] EveryRight() =>
        [new XElement("access_management", 1), new XElement("named_collection_control", 1)];
}
