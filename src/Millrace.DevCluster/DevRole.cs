using System.Globalization;
using Millrace.Core.Model;
using Millrace.Engine;

namespace Millrace.DevCluster;

/// <summary>A role of a development cluster and how many nodes it has.</summary>
public sealed record DevRole(string Name, RoleKind Kind, int Nodes)
{
    /// <summary>Reads <c>2</c> (of the default name) or <c>ROLE=2</c>.</summary>
    /// <exception cref="UserErrorException">The text is not of that form.</exception>
    public static DevRole Parse(string text, RoleKind kind, string defaultName)
    {
        var parts = text.Split('=', 2);
        var (name, count) = parts.Length == 2 ? (parts[0], parts[1]) : (defaultName, parts[0]);
        if (!IsName(name))
            throw new UserErrorException($"`{name}` cannot be a role's name: letters, digits, _ and - only, beginning with a letter.");
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var nodes) || nodes > 100)
            throw new UserErrorException($"how many nodes is `{text}`? Write a number up to 100, such as 2, or ROLE=2.");
        return new DevRole(name, kind, nodes);
    }

    /// <summary>Names become XML elements of the servers' configuration.</summary>
    internal static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
