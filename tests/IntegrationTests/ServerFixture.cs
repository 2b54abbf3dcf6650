using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Embedded;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.IntegrationTests;

/// <summary>One real server for the tests of a class: an ingestion node that knows a cluster, a collection and three users.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private const string Config = """
        <clickhouse>
          <macros><hostClusterRole>events</hostClusterRole><shard>01</shard><replica>r1</replica></macros>
          <remote_servers>
            <data>
              <shard><replica><host>127.0.0.1</host><port>1</port></replica></shard>
              <shard><replica><host>127.0.0.1</host><port>2</port></replica></shard>
            </data>
            <other><shard><replica><host>127.0.0.1</host><port>3</port></replica></shard></other>
          </remote_servers>
          <named_collections><msk><kafka_broker_list>127.0.0.1:1</kafka_broker_list></msk></named_collections>
          <users_config>USERS</users_config>
        </clickhouse>
        """;

    private const string Users = """
        <clickhouse>
          <profiles>
            <default><profile>streams</profile></default>
            <streams><distributed_foreground_insert>1</distributed_foreground_insert></streams>
            <readonly><readonly>1</readonly></readonly>
          </profiles>
          <users>
            <default>
              <password></password><profile>default</profile><networks><ip>::/0</ip></networks>
              <access_management>1</access_management><named_collection_control>1</named_collection_control>
            </default>
            <locked><password>right</password><profile>default</profile><networks><ip>::/0</ip></networks></locked>
            <reader>
              <password>reading</password><profile>readonly</profile><networks><ip>::/0</ip></networks>
              <grants>
                <query>GRANT SHOW TABLES, SHOW COLUMNS ON *.*</query>
                <query>GRANT SELECT ON system.tables</query>
                <query>GRANT SELECT ON system.columns</query>
                <query>GRANT SELECT ON system.macros</query>
                <query>GRANT SELECT ON system.clusters</query>
                <query>GRANT SELECT ON system.server_settings</query>
              </grants>
            </reader>
          </users>
          <quotas><default/></quotas>
        </clickhouse>
        """;

    private readonly TempFolder _folder = new();
    private readonly HttpNodeConnector _connector = new();
    private EmbeddedNode? _node;

    public HttpNodeConnector Connector => _connector;

    public Uri Address => _node!.Http;

    public INodeConnection Connection => _connector.Connect(Address, new ConnectOptions());

    public INodeConnection ConnectAs(string user, string password) =>
        _connector.Connect(Address, new ConnectOptions { User = user, Password = new Secret(password) });

    public async ValueTask InitializeAsync()
    {
        var users = _folder.Write("users.xml", Users);
        _node = await EmbeddedNode.StartAsync(new NodeOptions
        {
            ConfigFile = _folder.Write("config.xml", Config.Replace("USERS", users)),
            DataFolder = _folder.File("data"),
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        _connector.Dispose();
        _folder.Dispose();
    }
}
