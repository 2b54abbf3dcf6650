using Millrace.Cli.Faults;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.DevCluster.Lab;
using Millrace.Engine.Apply;
using Millrace.Engine.Breaking;
using Millrace.Engine.Databases;
using Millrace.Engine.Doctor;
using Millrace.Engine.Lab;
using Millrace.Engine.Lineage;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;
using Millrace.Engine.Plans;
using Millrace.Kafka;

namespace Millrace.Cli;

/// <summary>Wires adapters to use cases for one run of the tool.</summary>
public sealed class Services : IDisposable
{
    private readonly AnswerStore answers;

    public Services(string projectFolder)
    {
        State = Path.Combine(projectFolder, ".millrace");
        LabHost = new EmbeddedLabHost(Connector);
        answers = new AnswerStore(Path.Combine(State, "cache", "lab"));
        Lab = new LabLoader(LabHost, new LabCache(answers));
        Observer = new FleetObserver(Connector, new ObjectShapeCache());
        Planner = new FleetPlanner(Lab, Observer);
        Databases = new DatabaseReader(Connector);
        Doctor = new FleetDoctor(Connector, Observer, new BrokerReader(), Databases);
    }

    /// <summary>Folder for what Millrace keeps beside the project; safe to delete.</summary>
    public string State { get; }

    public HttpNodeConnector Connector { get; } = new();

    public ILabHost LabHost { get; }

    public LabLoader Lab { get; }

    public FleetObserver Observer { get; }

    public FleetPlanner Planner { get; }

    /// <summary>Judges plans by what they would break.</summary>
    public ChangeGate Gate => new(LabHost, answers);

    public FleetDoctor Doctor { get; }

    /// <summary>Asks databases that sinks write to, through the nodes.</summary>
    public DatabaseReader Databases { get; }

    /// <summary>A plan of now, judged by what it would break and by the databases that it would write to.</summary>
    public async Task<PlannedFleet> PlanAsync(Project project, PlanOptions options, CancellationToken cancel)
    {
        var planned = await Gate.JudgeAsync(project, await Planner.PlanAsync(project, options, cancel), cancel);
        return await new DatabaseGate(Databases).JudgeAsync(project, planned, cancel);
    }

    public LineageReader Lineage => new(LabHost, Lab, Observer, Connector, new BrokerLag());

    /// <summary>Connections for statements that change something; tests let them fail.</summary>
    public INodeConnector Statements => StatementFault.IfAsked(Connector);

    /// <summary>The way in which a fleet is changed.</summary>
    public GuardedApply Apply => new(Connector, Statements, Planner, Observer);

    public void Dispose() => Connector.Dispose();
}
