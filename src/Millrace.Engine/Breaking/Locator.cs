using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Breaking;

/// <summary>Knows which line of which file is to blame for what became of an object.</summary>
internal sealed class Locator
{
    private readonly Dictionary<ObjectRef, SourceRef> _places = [];

    /// <summary>Where something stands when no object leads to a line.</summary>
    public SourceRef? Otherwise { get; set; }

    /// <summary>The places of what is declared; a later note of the same object wins.</summary>
    public void Note(World world, WorldDeclaration declared)
    {
        var byRole = world.Objects.ToLookup(item => item.Ref.Role);
        foreach (var statement in declared.Statements)
            if (statement.At is { } at && NameOf(statement, byRole[statement.Role]) is { } name)
                _places[new ObjectRef(statement.Role, name)] = at;
    }

    public void Note(ObjectRef item, SourceRef at) => _places[item] = at;

    public SourceRef? Find(IEnumerable<ObjectRef> causes) =>
        causes.Select(cause => _places.GetValueOrDefault(cause)).FirstOrDefault(place => place is not null) ?? Otherwise;

    public Finding Locate(Breakage breakage)
    {
        var evidence = breakage.Path.Length > 0 ? breakage.Evidence.Insert(0, breakage.Path) : breakage.Evidence;
        return new Finding(
            breakage.Code, breakage.Severity, breakage.Message, Find([.. breakage.Causes, breakage.Where]), breakage.Fix,
            evidence.IsEmpty ? null : string.Join('\n', evidence))
        {
            Subject = breakage.Where.Name.Database.Length == 0 ? null : breakage.Where.Name.ToString(),
        };
    }

    /// <summary>The object whose name comes first in the head of a statement that the user wrote.</summary>
    private static ObjectName? NameOf(WorldStatement statement, IEnumerable<ObjectState> objects)
    {
        if (statement.Object is not null)
            return statement.Object;
        var open = statement.Sql.IndexOf('(', StringComparison.Ordinal);
        var head = statement.Sql[..Math.Min(open < 0 ? 300 : open, statement.Sql.Length)];
        return (
            from item in objects
            let match = Regex.Match(head, $@"(?<!\w){Regex.Escape(item.Name.Name)}(?!\w)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            where match.Success
            orderby match.Index, item.Name.Name.Length descending
            select item.Name).FirstOrDefault();
    }
}
