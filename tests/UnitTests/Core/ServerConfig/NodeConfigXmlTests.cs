using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Xunit;

namespace Millrace.UnitTests.Core.ServerConfig;

public sealed class NodeConfigXmlTests
{
    [Fact]
    public void Every_section_is_written_in_the_words_of_the_server()
    {
        var config = new NodeConfig
        {
            Macros = ImmutableSortedDictionary<string, string>.Empty.Add("hostClusterRole", "data"),
            Clusters = [new("data", [new([new HostPort("a", 9000)], InternalReplication: true)])],
            ClusterSecret = new Secret("hush"),
            Collections = [FleetCollections.Consumer(new Broker("msk", "msk", "kafka:9092", ImmutableSortedDictionary<string, string>.Empty.Add("session.timeout.ms", "6000")))],
            Keepers = [new HostPort("keeper", 2181)],
            LogFile = "/var/log/node.log",
            UsersFile = "/etc/users.xml",
        };

        Assert.Equal(
            """
            <clickhouse>
              <logger>
                <level>information</level>
                <log>/var/log/node.log</log>
                <errorlog>/var/log/node.err.log</errorlog>
                <size>50M</size>
                <count>2</count>
              </logger>
              <macros>
                <hostClusterRole>data</hostClusterRole>
              </macros>
              <remote_servers>
                <data>
                  <secret>hush</secret>
                  <shard>
                    <internal_replication>true</internal_replication>
                    <replica>
                      <host>a</host>
                      <port>9000</port>
                    </replica>
                  </shard>
                </data>
              </remote_servers>
              <named_collections>
                <msk>
                  <kafka_broker_list>kafka:9092</kafka_broker_list>
                  <kafka>
                    <session_timeout_ms>6000</session_timeout_ms>
                  </kafka>
                </msk>
              </named_collections>
              <zookeeper>
                <node>
                  <host>keeper</host>
                  <port>2181</port>
                </node>
              </zookeeper>
              <keeper_map_path_prefix>/keeper_map_tables</keeper_map_path_prefix>
              <users_config>/etc/users.xml</users_config>
            </clickhouse>

            """,
            NodeConfigXml.Render(config));
    }

    [Fact]
    public void Nothing_declared_writes_nothing() => Assert.Equal("<clickhouse />\n", NodeConfigXml.Render(new NodeConfig()));

    [Fact]
    public void Values_cannot_break_out_of_their_element()
    {
        var config = new NodeConfig { Macros = ImmutableSortedDictionary<string, string>.Empty.Add("rack", "</rack><evil/>") };
        Assert.Contains("<rack>&lt;/rack&gt;&lt;evil/&gt;</rack>", NodeConfigXml.Render(config), StringComparison.Ordinal);
    }
}
