using Millrace.Engine.Specs;
using Millrace.Engine.Watch;
using Millrace.UnitTests.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Engine.Watch;

public sealed class ProjectFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public ProjectFolderTests() => StarterProject.Write(folder.Path, "shop");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_reading_is_a_change_and_the_second_is_not()
    {
        var source = new ProjectFolder(folder.Path, new LoadOptions());
        Assert.NotNull(source.ReadIfChanged());
        Assert.Null(source.ReadIfChanged());
    }

    [Fact]
    public void A_file_that_is_edited_added_or_deleted_is_a_change()
    {
        var source = new ProjectFolder(folder.Path, new LoadOptions());
        source.ReadIfChanged();
        var pipeline = Path.Combine(folder.Path, "pipelines", "events.yaml");
        File.AppendAllText(pipeline, "# more\n");
        Assert.NotNull(source.ReadIfChanged());
        File.Copy(pipeline, Path.Combine(folder.Path, "pipelines", "other.yaml"));
        Assert.NotNull(source.ReadIfChanged());
        File.Delete(Path.Combine(folder.Path, "pipelines", "other.yaml"));
        Assert.NotNull(source.ReadIfChanged());
        Assert.Null(source.ReadIfChanged());
    }

    [Fact]
    public void A_log_beside_the_project_is_none()
    {
        var source = new ProjectFolder(folder.Path, new LoadOptions());
        source.ReadIfChanged();
        File.WriteAllText(Path.Combine(folder.Path, "watch.log"), "line");
        Assert.Null(source.ReadIfChanged());
    }
}
