using Millrace.Core.Compile;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>Creating the database that objects live in. Its object has an empty name.</summary>
internal static class DatabaseStep
{
    public static ObjectPlan Create(string database) => ObjectPlan.Of(new StepDraft(
        StepAction.Create, Phase.Databases, Risk.Safe, "missing", [Sql(database)], [], []));

    public static DeclaredObject Declaration(string role, string database) => new()
    {
        Name = new ObjectName(database, ""),
        Placement = Placement.On(role),
        Purpose = ObjectPurpose.Schema,
        CreateSql = Sql(database),
        Owner = $"database {database}",
    };

    private static string Sql(string database) => $"CREATE DATABASE IF NOT EXISTS {Quote.Name(database)}";
}
