using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Core.Compile;

/// <summary>Turns a declaration into the ClickHouse objects it asks for. The declaration has passed its checks.</summary>
public static class Compiler
{
    public static ImmutableArray<DeclaredObject> Compile(Project project)
    {
        var naming = new Naming(project);
        var objects = ImmutableArray.CreateBuilder<DeclaredObject>();
        foreach (var pipeline in project.Pipelines)
        {
            objects.AddRange(Sink(project, naming, pipeline));
            foreach (var leg in pipeline.Legs)
                objects.AddRange(new LegObjects(project, naming, pipeline, leg).Compile());
        }

        objects.AddRange(RollupTables.Compile(project, naming));
        objects.AddRange(ErrorTables.Compile(project, naming));
        objects.AddRange(Readiness.Compile(project, naming, objects.ToImmutable()));
        return objects.ToImmutable();
    }

    private static IEnumerable<DeclaredObject> Sink(Project project, Naming naming, Pipeline pipeline) => pipeline.Into switch
    {
        KafkaSink sink => [new RemoteSinkTable(project, naming, pipeline).Kafka(sink)],
        PostgresSink sink => [new RemoteSinkTable(project, naming, pipeline).Postgres(sink)],
        _ => new SinkTables(project, naming, pipeline).Compile(),
    };
}
