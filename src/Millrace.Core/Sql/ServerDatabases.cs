namespace Millrace.Core.Sql;

/// <summary>Databases that every server has for itself.</summary>
public static class ServerDatabases
{
    /// <summary>Their names, for an <c>IN (...)</c>.</summary>
    public const string Names = "'system', 'INFORMATION_SCHEMA', 'information_schema'";
}
