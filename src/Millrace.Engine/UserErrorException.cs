namespace Millrace.Engine;

/// <summary>The user must fix something that has no place in a file: a bad option, a missing folder, a refused condition.</summary>
public sealed class UserErrorException(string message) : Exception(message);
