namespace Millrace.UnitTests;

/// <summary>The checkout that the tests run in.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>True when the run is meant to rewrite expected files instead of comparing with them.</summary>
    public static bool Accepts => Environment.GetEnvironmentVariable("MILLRACE_ACCEPT") == "1";

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Millrace.slnx")))
                return folder.FullName;
        throw new InvalidOperationException("the tests run outside of a checkout");
    }
}
