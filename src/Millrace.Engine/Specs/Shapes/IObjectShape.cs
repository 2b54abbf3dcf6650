namespace Millrace.Engine.Specs.Shapes;

/// <summary>An object shape without its model type, as reference pages and schemas see it.</summary>
internal interface IObjectShape
{
    string Name { get; }

    string Doc { get; }

    IReadOnlyList<Field> Fields { get; }

    /// <summary>Groups of fields of which exactly one must be given.</summary>
    IReadOnlyList<IReadOnlyList<Field>> OneOf { get; }
}
