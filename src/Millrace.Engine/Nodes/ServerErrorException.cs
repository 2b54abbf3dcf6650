namespace Millrace.Engine.Nodes;

/// <summary>The server understood the request and answered with an error.</summary>
public sealed class ServerErrorException(int code, string name, string message) : Exception(message)
{
    /// <summary>ClickHouse's error code, such as 60.</summary>
    public int Code { get; } = code;

    /// <summary>ClickHouse's error name, such as <c>UNKNOWN_TABLE</c>; empty when the server did not say.</summary>
    public string Name { get; } = name;

    /// <summary>True for errors that usually pass: the same statement may work in a moment.</summary>
    public bool IsTransient => Code is 159 or 202 or 209 or 210 or 241 or 242 or 252 or 319 or 425 or 517 or 999;

    /// <summary>True when the server turned the statement away before running any of it (TOO_MANY_SIMULTANEOUS_QUERIES).</summary>
    public bool SurelyNotRun => Code is 202;

    /// <summary>True when the user or password is wrong, or the user may not do this.</summary>
    public bool IsAccessError => Code is 192 or 193 or 194 or 497 or 516;
}
