using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A role in <c>fleet.yaml</c>.</summary>
internal static class RoleSpec
{
    private static readonly Field<RoleKind> Kind = Field.Required(
        "kind",
        new ChoiceShape<RoleKind>(
            ("storage", RoleKind.Storage), ("ingestion", RoleKind.Ingestion), ("query", RoleKind.Query)),
        "What its nodes are for: `storage` holds the rows, `ingestion` consumes Kafka and stores nothing, `query` takes queries",
        example: "ingestion");

    private static readonly Field<int> Cores = Field.Optional(
        "cores",
        new WholeNumberShape(1, 4096),
        "Cores of one node; lets `millrace check` see consumers that would have none",
        example: "8");

    private static readonly Field<string> BackgroundProfile = Field.WithDefault(
        "background_profile",
        Text.Name,
        "default",
        "default",
        "The settings profile that Kafka consumption runs with on its nodes: what `system_profile` names in the server's config, else `default_profile`. Servers do not tell it",
        example: "streaming");

    public static readonly ObjectShape<Role> Shape = new(
        "role",
        "A named group of nodes; each carries the name in its macro `hostClusterRole`",
        [Kind, Cores, BackgroundProfile],
        v => new Role(v.Key, v.Get(Kind), v.FindValue(Cores), v.Get(BackgroundProfile)));
}
