using System.Collections.Immutable;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>One key of an object: name, shape, whether it must be there, and what the reference pages say about it.</summary>
internal abstract class Field(string name, string doc)
{
    public string Name { get; } = name;

    /// <summary>One line, without a full stop.</summary>
    public string Doc { get; } = doc;

    public abstract Shape Shape { get; }

    public bool IsRequired { get; protected init; }

    /// <summary>What holds when the key is absent, in words or as a value; null when nothing does.</summary>
    public string? DefaultText { get; init; }

    /// <summary>A value as a user would write it.</summary>
    public string? Example { get; init; }

    /// <summary>Says why the key must be there, where "is missing" is not enough.</summary>
    public MissingField? WhenMissing { get; init; }

    public abstract void Read(YamlNode node, Place place, ReadContext context, FieldValues values);

    /// <summary>A key that must be there.</summary>
    public static Field<T> Required<T>(string name, Shape<T> shape, string doc, string? example = null, MissingField? whenMissing = null) =>
        new(name, shape, doc) { IsRequired = true, Example = example, WhenMissing = whenMissing };

    /// <summary>A key that may be absent and then has a value all the same.</summary>
    public static Field<T> WithDefault<T>(string name, Shape<T> shape, T value, string defaultText, string doc, string? example = null) =>
        new(name, shape, doc) { Default = value, DefaultText = defaultText, Example = example };

    /// <summary>A list that is empty when the key is absent.</summary>
    public static Field<ImmutableArray<T>> List<T>(string name, Shape<ImmutableArray<T>> shape, string doc, string? example = null, string? otherwise = null) =>
        new(name, shape, doc) { Default = [], Example = example, DefaultText = otherwise };

    /// <summary>A key that may be absent.</summary>
    public static Field<T> Optional<T>(string name, Shape<T> shape, string doc, string? example = null, string? otherwise = null) =>
        new(name, shape, doc) { Example = example, DefaultText = otherwise };
}

/// <summary>A field whose value is a <typeparamref name="T"/>.</summary>
internal sealed class Field<T>(string name, Shape<T> shape, string doc) : Field(name, doc)
{
    public override Shape Shape => shape;

    public T? Default { get; init; }

    public new bool IsRequired
    {
        get => base.IsRequired;
        init => base.IsRequired = value;
    }

    public override void Read(YamlNode node, Place place, ReadContext context, FieldValues values)
    {
        if (shape.TryRead(node, place, context, out var value))
            values.Set(this, value);
    }
}
