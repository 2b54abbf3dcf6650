using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Breaking;

/// <summary>Knows which line of which file is to blame for what became of an object.</summary>
internal sealed class Locator
{
    private readonly Dictionary<ObjectRef, SourceRef> _places = [];
    private readonly List<ChangeNote> _notes = [];

    /// <summary>Where something stands when no object leads to a line.</summary>
    public SourceRef? Otherwise { get; set; }

    /// <summary>The places of what is declared; a later note of the same object wins.</summary>
    public void Note(World world, WorldDeclaration declared)
    {
        var byRole = world.Objects.GroupBy(item => item.Ref.Role)
            .ToDictionary(role => role.Key, role => role.ToLookup(item => item.Name.Name, item => item.Name, StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var statement in declared.Statements)
            if (statement.At is { } at && byRole.TryGetValue(statement.Role, out var names) && NameOf(statement, names) is { } name)
            {
                // Of a history, the statement that made it; a later one only when there is none.
                var item = new ObjectRef(statement.Role, name);
                if (!declared.IsHistory || WorldDeclaration.IsCreation(statement.Sql))
                    _places[item] = at;
                else
                    _places.TryAdd(item, at);
            }
    }

    public void Note(ObjectRef item, SourceRef at) => _places[item] = at;

    /// <summary>What a statement of a change did; once there are any, nothing that stood before is to blame.</summary>
    public void Note(IEnumerable<ChangeNote> notes) => _notes.AddRange(notes);

    public SourceRef? Find(IEnumerable<ObjectRef> causes) =>
        causes.Select(cause => _places.GetValueOrDefault(cause)).FirstOrDefault(place => place is not null) ?? Otherwise;

    private SourceRef? Find(Breakage breakage, ChangeFacts facts)
    {
        ImmutableArray<ObjectRef> causes = [.. breakage.Causes.Append(breakage.Where).Distinct()];
        if (_notes.Count == 0)
            return Find(causes);
        return Blamed(breakage, facts, causes)
            ?? Blamed(breakage, facts, [.. Around(facts, breakage.Where).Except(causes)])
            ?? Otherwise;
    }

    /// <summary>The statement that did to one of the objects what most likely led to the damage; of equals, the last.</summary>
    private SourceRef? Blamed(Breakage breakage, ChangeFacts facts, ImmutableArray<ObjectRef> causes)
    {
        var notes = _notes.Where(note => causes.Contains(note.Object)).ToList();
        if (notes.Count == 0)
            return null;
        var columns = breakage.Column is null
            ? []
            : new[] { facts.Before, facts.After }.OfType<World>().SelectMany(world => ColumnsAbove.Of(world, breakage.Where, breakage.Column)).ToHashSet();
        return notes.Select((note, i) => (note, i))
            .OrderByDescending(item => item.note.Columns.Any(column => columns.Contains((item.note.Object, column))))
            .ThenByDescending(item => item.note.Columns.IsEmpty || breakage.Column is not null ? item.note.Aspect : ChangeAspect.Definition)
            .ThenBy(item => causes.IndexOf(item.note.Object))
            .ThenByDescending(item => item.i)
            .First().note.At;
    }

    private static IEnumerable<ObjectRef> Around(ChangeFacts facts, ObjectRef item) =>
        new[] { facts.Before, facts.After }.OfType<World>()
            .SelectMany(world => world.Find(item) is { } state ? Flow.Upstream(world, state).Concat(Flow.Downstream(world, state)) : [])
            .Select(state => state.Ref).Distinct();

    public Finding Locate(Breakage breakage, ChangeFacts facts)
    {
        var evidence = breakage.Path.Length > 0 ? breakage.Evidence.Insert(0, breakage.Path) : breakage.Evidence;
        return new Finding(
            breakage.Code, breakage.Severity, breakage.Message, breakage.At ?? Find(breakage, facts), breakage.Fix,
            evidence.IsEmpty ? null : string.Join('\n', evidence))
        {
            Subject = breakage.Where.Name.Database.Length == 0 ? null : breakage.Where.Name.ToString(),
        };
    }

    /// <summary>The object whose name comes first in the head of a statement that the user wrote.</summary>
    private static ObjectName? NameOf(WorldStatement statement, ILookup<string, ObjectName> names) =>
        statement.Object ?? Statements.NamesInHead(statement.Sql).SelectMany(name => names[name]).FirstOrDefault();
}
