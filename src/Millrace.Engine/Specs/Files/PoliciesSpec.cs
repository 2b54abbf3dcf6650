using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>What the user accepts, in <c>millrace.yaml</c>.</summary>
internal static class PoliciesSpec
{
    private static readonly Field<bool> BackgroundInserts = Field.WithDefault(
        "background_inserts",
        new ChoiceShape<bool>(("refuse", false), ("accept-loss", true)),
        false,
        "refuse",
        "`accept-loss` lets ingestion nodes commit Kafka offsets while rows still wait on their own disks: a node that dies then loses every row it had not sent yet",
        example: "accept-loss");

    public static readonly ObjectShape<Policies> Shape = new(
        "policies",
        "What may be lost in exchange for something else; by default nothing",
        [BackgroundInserts],
        v => new Policies(v.Get(BackgroundInserts)));
}
