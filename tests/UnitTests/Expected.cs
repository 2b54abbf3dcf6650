using Xunit;

namespace Millrace.UnitTests;

/// <summary>Compares with a file that people review; <c>MILLRACE_ACCEPT=1</c> rewrites it.</summary>
public static class Expected
{
    public static void Matches(string path, string actual)
    {
        if (Repository.Accepts)
            File.WriteAllText(path, actual);
        Assert.True(File.Exists(path), $"{path} does not exist; MILLRACE_ACCEPT=1 writes it");
        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: true);
    }
}
