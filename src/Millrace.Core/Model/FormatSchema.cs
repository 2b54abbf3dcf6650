namespace Millrace.Core.Model;

/// <summary>The schema of messages whose format does not carry it, such as Protobuf.</summary>
/// <param name="File">The file that holds it, relative to the project folder.</param>
/// <param name="Message">The message type in it.</param>
/// <param name="Text">What the file says; it goes into the table, so that a node needs no file of its own.</param>
public sealed record FormatSchema(string File, string Message, string Text = "");
