namespace Millrace.Bench.Measuring;

/// <summary>A folder for one run of a bench, deleted with it.</summary>
public sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("millrace-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
