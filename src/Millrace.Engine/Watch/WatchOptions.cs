namespace Millrace.Engine.Watch;

/// <summary>How closely a fleet is watched.</summary>
public sealed record WatchOptions
{
    /// <summary>Between two looks at a node that answers.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between the first attempts to reach a node that does not answer.</summary>
    public TimeSpan FirstProbe { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Between attempts to reach a node that has been gone for long. It bounds how late a returning node is noticed.
    /// </summary>
    public TimeSpan SlowestProbe { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The longest that one probe or look may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A node is read in full this often, also when its fingerprint says that nothing changed.</summary>
    public TimeSpan FullLook { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a node is left alone after a repair failed; doubled each time.</summary>
    public TimeSpan FirstRest { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks for nodes that join or leave, where the project asks for discovery.</summary>
    public TimeSpan Discovery { get; init; } = TimeSpan.FromSeconds(10);
}
