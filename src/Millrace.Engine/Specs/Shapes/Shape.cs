using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>
/// What a value in a project file may be. One description reads it, checks it, tells editors (JSON Schema) and fills the
/// reference pages, so that the four cannot disagree.
/// </summary>
internal abstract class Shape
{
    /// <summary>With its article, as it stands in a sentence: <c>a whole number from 1</c>.</summary>
    public abstract string Noun { get; }

    /// <summary>The JSON Schema of the value.</summary>
    public abstract JsonObject Schema();

    /// <summary>Objects inside, for the reference pages.</summary>
    public virtual IEnumerable<IObjectShape> Objects() => [];
}

/// <summary>A shape whose value is a <typeparamref name="T"/>.</summary>
internal abstract class Shape<T> : Shape
{
    /// <summary>Reads the value; false, with findings, when it is not one.</summary>
    public abstract bool TryRead(YamlNode node, Place place, ReadContext context, [MaybeNullWhen(false)] out T value);
}
