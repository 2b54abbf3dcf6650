namespace Millrace.Core.Model;

/// <summary>One ClickHouse server.</summary>
/// <param name="Http">HTTP or HTTPS address, such as <c>http://10.0.0.1:8123</c>.</param>
/// <param name="Native">Native protocol address <c>host:port</c>, as the other nodes reach it.</param>
/// <param name="Shard">Shard number counted from 1; 0 for stateless nodes.</param>
public sealed record Node(string Name, string Role, Uri Http, string? Native = null, int Shard = 0, string? Replica = null);
