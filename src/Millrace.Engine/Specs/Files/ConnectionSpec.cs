using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A Postgres database in <c>fleet.yaml</c>.</summary>
internal static class ConnectionSpec
{
    private static readonly Field<string> Collection = Field.Optional(
        "collection", Text.Name, "Named collection on the nodes that holds address and secrets", example: "main_db", otherwise: "the connection's name");

    private static readonly Field<string> Host = Field.Optional(
        "host", Text.Any, "Host as the nodes reach it", example: "10.0.0.7", otherwise: "only the nodes know");

    private static readonly Field<int> Port = Field.WithDefault("port", new WholeNumberShape(1, 65_535), 5432, "5432", "Port");

    private static readonly Field<string> Database = Field.Optional("database", Text.Any, "Database", example: "app");

    private static readonly Field<string> User = Field.Optional("user", Text.Any, "User", example: "millrace");

    private static readonly Field<Secret> Password = Field.Optional(
        "password", new SecretShape(), "Its password; keep it out of the file with a reference", example: "\"${env:APP_DB_PASSWORD}\"");

    public static readonly ObjectShape<Connection> Shape = new(
        "database connection",
        "A Postgres database, known to the nodes as a named collection",
        [Collection, Host, Port, Database, User, Password],
        v => new Connection(
            v.Key, v.Find(Collection) ?? v.Key, v.Find(Host), v.Get(Port), v.Find(Database), v.Find(User), v.Find(Password)));
}
