using Millrace.Embedded;
using Xunit;

namespace Millrace.UnitTests.Embedded;

public sealed class LibChdbTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("millrace-test-");

    [Fact]
    public void A_copy_on_another_machine_is_the_same_build()
    {
        var here = Library("here.so", "build one");
        var there = Library("there.so", "build one");
        File.SetLastWriteTimeUtc(there, DateTime.UnixEpoch.AddYears(50));

        Assert.Equal(LibChdb.Build(here), LibChdb.Build(there));
    }

    [Fact]
    public void Another_build_of_the_same_size_is_another_one() =>
        Assert.NotEqual(LibChdb.Build(Library("old.so", "build one")), LibChdb.Build(Library("new.so", "build two")));

    public void Dispose() => folder.Delete(recursive: true);

    private string Library(string name, string content)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, content);
        return file;
    }
}
