using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>
/// The view that a load balancer asks a stateless node for: it is there only while everything else of the project is.
/// Projects that share a node have one each, so that none vouches for another.
/// </summary>
public static class Readiness
{
    /// <summary>Part of the address that load balancers are configured with, so it is the same on every fleet.</summary>
    public const string Database = "millrace";

    /// <summary>Owner of the view in marks, plans and journals.</summary>
    public const string Owner = "readiness";

    private const int HashLength = 16;

    internal static IEnumerable<DeclaredObject> Compile(Project project, Naming naming, IReadOnlyCollection<DeclaredObject> objects)
    {
        foreach (var role in project.Fleet.Roles.Where(role => role.Kind != RoleKind.Storage))
        {
            var statements = Statements(project, role, objects);
            if (!statements.IsEmpty)
                yield return View(project, naming, role, HashOf(statements));
        }
    }

    /// <summary>The hash of what each role shall hold, as its nodes' readiness views say it when they do.</summary>
    public static ImmutableDictionary<string, string> Declarations(Project project)
    {
        var objects = Compiler.Compile(project);
        return project.Fleet.Roles
            .Where(role => objects.Any(item => item.Purpose == ObjectPurpose.Ready && item.Placement.Role == role.Name))
            .ToImmutableDictionary(role => role.Name, role => HashOf(Statements(project, role, [.. objects.Where(item => item.Purpose != ObjectPurpose.Ready)])));
    }

    private static ImmutableArray<string> Statements(Project project, Role role, IReadOnlyCollection<DeclaredObject> objects) =>
    [
        .. objects.Where(item => item.Placement.Role == role.Name).Select(item => item.CreateSql),
        .. project.Schema.Where(statement => statement.Roles.Contains(role.Name)).Select(statement => statement.Sql),
    ];

    private static DeclaredObject View(Project project, Naming naming, Role role, string declaration) => new()
    {
        Name = naming.Ready(),
        Placement = Placement.On(role.Name),
        Purpose = ObjectPurpose.Ready,
        Owner = Owner,
        CreateSql =
            $"CREATE VIEW IF NOT EXISTS {Quote.Name(naming.Ready())}\n"
            + $"COMMENT {Quote.Text(new Mark(project.Name, Owner).ToString())}\n"
            + $"AS SELECT {Quote.Text(project.Name)} AS project, {Quote.Text(role.Name)} AS role, "
            + $"{Quote.Text(declaration)} AS declaration, hostName() AS host",
    };

    /// <summary>Equal for equal statements, in whatever order pipelines are read.</summary>
    private static string HashOf(ImmutableArray<string> statements)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var statement in statements.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(statement));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashLength];
    }
}
