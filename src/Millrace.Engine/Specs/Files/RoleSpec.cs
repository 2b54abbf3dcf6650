using System.Collections.Immutable;
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

    private static readonly Field<ImmutableArray<string>> Tables = Field.List(
        "tables",
        new ListShape<string>(Text.Table, "table names"),
        "Query layers only: the tables that it sees, by the name people query",
        example: "[events]",
        otherwise: "all of them");

    private static readonly Field<ImmutableArray<KeyValuePair<string, string>>> Settings = Field.List(
        "settings",
        SettingsShape.Of("settings"),
        "Query layers only: settings of its profile, such as limits",
        example: "{ max_threads: 4, max_execution_time: 30 }");

    private static readonly Field<ImmutableArray<KeyValuePair<string, LayerUser>>> Users = Field.List(
        "users",
        new MapShape<LayerUser>(Text.Name, LayerUserSpec.Shape, "users"),
        "Query layers only: its users, who may read its tables and nothing else",
        example: "{ grafana: { password_env: GRAFANA_SHA256 } }");

    private static readonly Field<Balancing> Balance = Field.Optional(
        "balance", BalancingSpec.Shape, "Query layers only: how HAProxy stands before it (`millrace render haproxy`)");

    public static readonly ObjectShape<Role> Shape = new(
        "role",
        "A named group of nodes; each carries the name in its macro `hostClusterRole`",
        [Kind, Cores, BackgroundProfile, Tables, Settings, Users, Balance],
        v => new Role(v.Key, v.Get(Kind), v.FindValue(Cores), v.Get(BackgroundProfile)) { Layer = LayerOf(v) });

    private static QueryLayer? LayerOf(FieldValues v) =>
        !v.Has(Tables) && !v.Has(Settings) && !v.Has(Users) && !v.Has(Balance)
            ? null
            : new QueryLayer
            {
                Tables = v.Get(Tables),
                Settings = SettingsShape.Sorted(v.Get(Settings)),
                Users = [.. v.Get(Users).Select(user => user.Value)],
                Balance = v.Find(Balance),
            };
}
