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
            var statements = objects.Where(item => item.Placement.Role == role.Name).Select(item => item.CreateSql)
                .Concat(project.Schema.Where(statement => statement.Roles.Contains(role.Name)).Select(statement => statement.Sql))
                .ToImmutableArray();
            if (!statements.IsEmpty)
                yield return View(project, naming, role, HashOf(statements));
        }
    }

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
