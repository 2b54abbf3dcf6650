using System.Collections.Immutable;
using System.Xml.Linq;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Layers;

/// <summary>
/// The users and profiles of query layers, as a file for <c>users.d</c> of the nodes of one role. A query runs on storage
/// as the user who asked, so storage nodes know every layer's users, with rights on what their tables read there.
/// Passwords are named and never written: each server takes the hash from its own environment.
/// </summary>
public static class LayerUsersXml
{
    /// <summary>The user that a load balancer asks for readiness: it sees nothing but the readiness views.</summary>
    public const string ReadyUser = "millrace_ready";

    /// <summary>The file's text for the nodes of a role; null for a role whose nodes need none.</summary>
    public static string? Render(Project project, Role role)
    {
        Role[] layers = role.Kind switch
        {
            RoleKind.Query => [role],
            RoleKind.Storage => [.. project.Fleet.Roles.Where(layer => layer.Kind == RoleKind.Query && layer.Layer is { Users.IsEmpty: false })],
            _ => [],
        };
        if (layers.Length == 0)
            return null;
        var ready = role.Kind == RoleKind.Query;
        return new XElement(
            "clickhouse",
            new XElement("profiles", layers.Select(layer => Profile(project, layer)), ready ? new XElement(ReadyUser, new XElement("readonly", 1)) : null),
            new XElement(
                "users",
                layers.SelectMany(layer => (layer.Layer?.Users ?? []).Select(user => User(project, layer, user, role.Kind))),
                ready ? Ready() : null)) + "\n";
    }

    private static XElement Profile(Project project, Role layer) => new(
        layer.Name,
        LayerProfile.Of(project, layer).Select(setting => new XElement(setting.Key, setting.Value)),
        LayerProfile.Limits(layer) is { Count: > 0 } limits
            ? new XElement("constraints", limits.Select(limit => new XElement(limit.Key, new XElement("max", limit.Value))))
            : null);

    private static XElement User(Project project, Role layer, LayerUser user, RoleKind place)
    {
        var tables = new LayerTables(project, layer);
        return User(
            user.Name,
            user.PasswordVariable is { } variable ? new XElement("password_sha256_hex", new XAttribute("from_env", variable)) : new XElement("no_password"),
            user.From,
            layer.Name,
            Grants(project, place == RoleKind.Query ? tables.OnLayer : tables.OnStorage));
    }

    /// <summary>Without a password: what it sees is the project's name, a hash and the node's own name.</summary>
    private static XElement Ready() =>
        User(ReadyUser, new XElement("no_password"), [], ReadyUser, [$"GRANT SELECT ON {Quote.Name(Readiness.Database)}.*"]);

    private static XElement User(string name, XElement password, ImmutableArray<string> networks, string profile, IEnumerable<string> grants) => new(
        name,
        password,
        new XElement("networks", (networks.IsEmpty ? ["::/0"] : networks).Select(network => new XElement("ip", network))),
        new XElement("profile", profile),
        new XElement("quota", "default"),
        new XElement("grants", grants.Select(grant => new XElement("query", grant))));

    private static IEnumerable<string> Grants(Project project, ImmutableArray<ObjectName>? tables) => tables is { } names
        ? names.Select(name => $"GRANT SELECT ON {Quote.Name(name)}")
        : [$"GRANT SELECT ON {Quote.Name(project.Database)}.*"];
}
