namespace Millrace.DevCluster;

/// <summary>Where a node listens on 127.0.0.1.</summary>
public sealed record NodePorts(int Http, int Native);
