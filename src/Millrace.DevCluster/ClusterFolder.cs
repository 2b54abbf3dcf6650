using System.Security.Cryptography;
using System.Text.Json;
using Millrace.Core.Model;

namespace Millrace.DevCluster;

/// <summary>The files of a development cluster: <c>dev/</c> under the folder that the user named.</summary>
public sealed class ClusterFolder
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private readonly string root;

    public ClusterFolder(string folder)
    {
        root = Path.Combine(Path.GetFullPath(folder), "dev");
    }

    public string Root => root;

    /// <summary>What the supervisor was asked for.</summary>
    public string SpecFile => Path.Combine(root, "spec.json");

    /// <summary>What the supervisor last reported.</summary>
    public string StateFile => Path.Combine(root, "state.json");

    public string SupervisorLog => Path.Combine(root, "supervisor.log");

    /// <summary>Held by the process that runs the cluster.</summary>
    public string LockFile => Path.Combine(root, "cluster.lock");

    /// <summary>Configuration of the load balancer; there is one while this file is there.</summary>
    public string BalancerFile => Path.Combine(root, "haproxy.cfg");

    internal string Balancer => Path.Combine(root, "balancer");

    /// <summary>Users and profiles for the nodes of a role, beside the operator's; no file for none.</summary>
    public string AccessFile(string role) => Path.Combine(root, "access", $"{role}.xml");

    internal string Postgres => Path.Combine(root, "postgres");

    /// <summary>Password of the development database; readable by this user only.</summary>
    public string PostgresPasswordFile => Path.Combine(root, "postgres.password");

    private string PortsFile => Path.Combine(root, "ports.json");

    private string SecretFile => Path.Combine(root, "secret");

    public string Node(string name) => Path.Combine(root, "nodes", name);

    public string Broker(string name) => Path.Combine(root, "brokers", name);

    /// <summary>Makes the folder, invisible to the user's version control.</summary>
    public void Create()
    {
        Directory.CreateDirectory(root);
        File.WriteAllText(Path.Combine(root, "..", ".gitignore"), "*\n");
    }

    public T? Read<T>(string file)
        where T : class =>
        File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllText(file), Json) : null;

    /// <summary>Replaces the file as a whole, so that a reader never sees half of it.</summary>
    public void Write<T>(string file, T value)
    {
        var draft = file + ".new";
        WritePrivate(draft, JsonSerializer.Serialize(value, Json));
        File.Move(draft, file, overwrite: true);
    }

    internal Dictionary<string, NodePorts> ReadPorts() => Read<Dictionary<string, NodePorts>>(PortsFile) ?? [];

    internal void WritePorts(Dictionary<string, NodePorts> ports) => Write(PortsFile, ports);

    internal void ForgetPorts() => File.Delete(PortsFile);

    /// <summary>The secret that the nodes share; made once, readable by this user only.</summary>
    internal Secret ClusterSecret()
    {
        if (!File.Exists(SecretFile))
            WritePrivate(SecretFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        return new Secret(File.ReadAllText(SecretFile));
    }

    /// <summary>Writes a file that only this user may read.</summary>
    internal static void WritePrivate(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }
}
