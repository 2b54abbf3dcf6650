namespace Millrace.Engine.Specs.Shapes;

/// <summary>Where in the declaration a value is read: its path, and the key it stands under.</summary>
internal readonly record struct Place(string Path, string Key)
{
    public Place Child(string key) => new(string.IsNullOrEmpty(Path) ? key : $"{Path}.{key}", key);

    public Place Item(int index) => new($"{Path}[{index}]", Key);
}
