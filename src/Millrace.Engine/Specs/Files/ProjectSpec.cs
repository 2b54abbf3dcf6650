using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The file <c>millrace.yaml</c>.</summary>
internal static class ProjectSpec
{
    private static readonly Field<string> Name = Field.Required(
        "name", Text.Table, "Name of the project", example: "clickstream");

    private static readonly Field<string> Database = Field.Optional(
        "database",
        Text.Table,
        "ClickHouse database that all generated objects live in",
        example: "analytics",
        otherwise: "the project's name");

    private static readonly Field<string> OldestServer = Field.Optional(
        "oldest_server",
        Text.Version,
        "Oldest ClickHouse version in the fleet; nothing newer is then assumed",
        example: "25.8");

    private static readonly Field<ImmutableArray<string>> Unmanaged = Field.List(
        "unmanaged",
        new ListShape<string>(
            new TextShape("a pattern `database.name`, with `*` for any text", @"^[^\s.]+\.[^\s]+$"), "patterns"),
        "Objects on the nodes that are not Millrace's business: `database.name`, with `*` for any text",
        example: "[\"analytics.tmp_*\"]");

    private static readonly Field<string> Fleet = Field.WithDefault(
        "fleet", Text.File, "fleet.yaml", "fleet.yaml", "The fleet file, relative to the project folder");

    private static readonly Field<Policies> Policies = Field.WithDefault(
        "policies", PoliciesSpec.Shape, new Policies(), "nothing may be lost", "What may be lost in exchange for something else", example: "{ background_inserts: accept-loss }");

    private static readonly Field<ImmutableArray<Allowance>> Allow = Field.List(
        "allow",
        new ListShape<Allowance>(AllowanceSpec.Shape, "accepted findings"),
        "Findings of `check` and `plan` that are accepted for a while",
        example: "[{ code: MR301, object: totals, reason: \"the counter never passes 65535\", until: 2027-01-31 }]");

    public static readonly ObjectShape<ProjectHead> Shape = new(
        "project",
        "What the project is called and what it assumes",
        [Name, Database, OldestServer, Unmanaged, Policies, Allow, Fleet],
        v => new ProjectHead(
            v.Get(Name),
            v.Find(Database) ?? v.Get(Name),
            v.Find(OldestServer),
            v.Get(Unmanaged),
            v.Get(Policies),
            v.Get(Fleet),
            v.Get(Allow)));
}
