using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>How Millrace connects to the nodes, in <c>fleet.yaml</c>.</summary>
internal static class ConnectSpec
{
    private static readonly ConnectOptions Defaults = new();

    private static readonly Field<string> User = Field.WithDefault(
        "user", Text.Any, Defaults.User, Defaults.User, "ClickHouse user");

    private static readonly Field<Secret> Password = Field.WithDefault(
        "password",
        new SecretShape(),
        Defaults.Password,
        "none",
        "Its password; keep it out of the file with a reference",
        example: "\"${env:CLICKHOUSE_PASSWORD}\"");

    private static readonly Field<string> Ca = Field.Optional(
        "ca",
        Text.File,
        "PEM file of the authority that signed the nodes' certificates, relative to the project",
        example: "ca.pem",
        otherwise: "the system's");

    private static readonly Field<TimeSpan> ConnectTimeout = Field.WithDefault(
        "connect_timeout", new DurationShape(), Defaults.ConnectTimeout, "3s", "Longest wait for a connection");

    private static readonly Field<TimeSpan> StatementTimeout = Field.WithDefault(
        "statement_timeout",
        new DurationShape(),
        Defaults.StatementTimeout,
        "60s",
        "Longest wait for one statement",
        example: "5m");

    private static readonly Field<int> Retries = Field.WithDefault(
        "retries",
        new WholeNumberShape(0, 20),
        Defaults.Retries,
        "3",
        "Retries of failures that pass by themselves, with growing pauses");

    public static readonly ObjectShape<ConnectOptions> Shape = new(
        "connection",
        "How Millrace connects to every node",
        [User, Password, Ca, ConnectTimeout, StatementTimeout, Retries],
        v => new ConnectOptions
        {
            User = v.Get(User),
            Password = v.Get(Password),
            CaFile = v.Find(Ca),
            ConnectTimeout = v.Get(ConnectTimeout),
            StatementTimeout = v.Get(StatementTimeout),
            Retries = v.Get(Retries),
        });
}
