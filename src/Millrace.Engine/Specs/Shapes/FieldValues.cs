namespace Millrace.Engine.Specs.Shapes;

/// <summary>The values that were read for the fields of one object.</summary>
/// <param name="key">The key that the object itself stands under: the name of a role, a node, a column.</param>
internal sealed class FieldValues(string key)
{
    private readonly Dictionary<Field, object> _values = [];

    public string Key { get; } = key;

    public bool Has(Field field) => _values.ContainsKey(field);

    public void Set<T>(Field<T> field, T value) => _values[field] = value!;

    /// <summary>The value of a field that is required or has a default.</summary>
    public T Get<T>(Field<T> field) =>
        _values.TryGetValue(field, out var value) ? (T)value
        : field.Default is { } otherwise ? otherwise
        : throw new InvalidOperationException($"the field {field.Name} has neither a value nor a default");

    /// <summary>The value of an optional field, or null.</summary>
    public T? Find<T>(Field<T> field)
        where T : class => _values.TryGetValue(field, out var value) ? (T)value : null;

    /// <summary>The value of an optional field, or null.</summary>
    public T? FindValue<T>(Field<T> field)
        where T : struct => _values.TryGetValue(field, out var value) ? (T)value : null;
}
