using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A user of a query layer in <c>fleet.yaml</c>.</summary>
internal static class LayerUserSpec
{
    private static readonly Field<string> PasswordVariable = Field.Optional(
        "password_env",
        new TextShape("a name of letters, digits and `_`", "^[A-Za-z_][A-Za-z0-9_]{0,199}$"),
        "Environment variable on the ClickHouse servers with the SHA-256 of the password in hexadecimal digits; Millrace never reads it",
        example: "GRAFANA_SHA256",
        otherwise: "no password");

    private static readonly Field<ImmutableArray<string>> From = Field.List(
        "from",
        new ListShape<string>(new TextShape("a network such as `10.0.0.0/8`", @"^[0-9A-Fa-f:.]+(/\d{1,3})?$"), "networks"),
        "Networks that the user may come from",
        example: "[10.0.0.0/8]",
        otherwise: "any");

    public static readonly ObjectShape<LayerUser> Shape = new(
        "layer user",
        "A user that may read the tables of its query layer, with the layer's profile, and nothing else",
        [PasswordVariable, From],
        v => new LayerUser(v.Key, v.Find(PasswordVariable), v.Get(From)));
}
