namespace Millrace.Core.Doctor;

/// <summary>The user that queries of one node run as on the shards of a cluster.</summary>
public sealed record ClusterUser(string Cluster, string User);
