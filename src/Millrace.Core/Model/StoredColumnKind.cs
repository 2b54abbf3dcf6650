namespace Millrace.Core.Model;

/// <summary>The kinds of computed storage columns, in ClickHouse's own words.</summary>
public enum StoredColumnKind
{
    Default,
    Materialized,
    Alias,
}
