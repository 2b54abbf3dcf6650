using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>
/// Changes after which nobody reads messages that wait: a stream that reads another topic under its old name, a sink that gives up its own
/// consumption for a shared one, and another group that begins at the newest message. Neither lag nor error would tell of them.
/// </summary>
internal static class PassedOver
{
    public const string Code = "MR157";

    public static IEnumerable<Finding> Check(PlanRequest request) => request.Observed.Nodes
        .Where(node => node.State == NodeState.Ok)
        .SelectMany(node => Elsewhere(request, node).Concat(Shared(request, node)))
        .Distinct();

    private static IEnumerable<Finding> Elsewhere(PlanRequest request, ObservedNode node)
    {
        foreach (var kafka in request.Objects.Where(item => item.Declared.Purpose == ObjectPurpose.KafkaTable && item.Declared.Placement.Includes(node.Node)))
        {
            if (node.Objects.GetValueOrDefault(kafka.Name) is not { Engine: "Kafka" } observed || request.Options.MayDestroy(kafka.Name))
                continue;
            var (now, then) = (KafkaMeaning.Read(observed.EngineFull), KafkaMeaning.Read(kafka.Shape.EngineFull));
            var (topic, group) = (now.GetValueOrDefault("kafka_topic_list"), now.GetValueOrDefault("kafka_group_name"));
            if (then.GetValueOrDefault("kafka_topic_list") is { } topics && topic is not null && topics != topic)
                yield return Finding.Error(
                    Code,
                    $"`{kafka.Name}` is to read the topic `{topics}` in place of `{topic}`: what the group `{group}` has not read of `{topic}` by then is never stored",
                    kafka.Declared.At,
                    $"add the new topic as a second leg, and end the old one with `millrace leg cutover`; where nothing waits, or may be given up: --allow-destroy {kafka.Name.Name}");
            else if (then.GetValueOrDefault("kafka_group_name") is { } groups && group is not null && groups != group && BeginsAtTheEnd(request.Project, then))
                yield return Finding.Error(
                    Code,
                    $"`{kafka.Name}` is to read as the group `{groups}` in place of `{group}`, and its broker lets a new group begin at the newest message (`auto_offset_reset`): what `{group}` has not read by then is never stored",
                    kafka.Declared.At,
                    $"take `auto_offset_reset` out of the broker's `options`: the group then begins at the oldest message; where nothing waits, or may be given up: --allow-destroy {kafka.Name.Name}");
        }
    }

    private static IEnumerable<Finding> Shared(PlanRequest request, ObservedNode node) =>
        from pipeline in request.Project.Pipelines
        where pipeline.SharesConsumption && pipeline.Role == node.Node.Role
        from own in node.Objects.Values
        where own.Engine == "Kafka" && !request.Options.MayDestroy(own.Name)
            && Mark.Read(own.Comment) is { } mark && mark.Project == request.Project.Name && mark.Owner == $"pipelines/{pipeline.Name}"
            && KafkaMeaning.GroupOf(own.EngineFull) is not null // A table that produces has none.
        orderby own.Name
        select Finding.Error(
            Code,
            $"`{pipeline.Name}` is to share the consumption of `{pipeline.Consumption}` and gives up its own (`{own.Name}`, group `{KafkaMeaning.GroupOf(own.EngineFull)}`): "
                + $"what `{pipeline.Consumption}` has read and `{pipeline.Name}` has not by then, never comes to it",
            request.Project.Sources.Find(pipeline.Path),
            $"keep `group:`; where producers are silent and nothing waits for either (`millrace status`), or it may be given up: --allow-destroy {own.Name.Name}");

    private static bool BeginsAtTheEnd(Project project, Dictionary<string, string> table) =>
        project.Fleet.Brokers.FirstOrDefault(broker => broker.Collection == table.GetValueOrDefault("collection"))?.Options is { } options
        && options.Any(option => option.Key.Replace('.', '_') == "auto_offset_reset" && (option.Value is "latest" or "largest" or "end"));
}
