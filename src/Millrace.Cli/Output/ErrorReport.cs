using Millrace.Engine;
using Millrace.Engine.Journal;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;
using Millrace.Kafka;

namespace Millrace.Cli.Output;

/// <summary>Turns an exception that reached the top into words and an exit code; never a stack trace unless asked.</summary>
public static class ErrorReport
{
    public static int Write(Exception error)
    {
        var (exit, text) = error switch
        {
            UserErrorException user => (ExitCode.UserError, user.Message),
            ServerErrorException server => (ExitCode.NodesFailed, $"the server answered with error {server.Code} {server.Name}: {server.Message}"),
            NodeUnreachableException gone => (ExitCode.NodesFailed, gone.Message),
            LockHeldException held => (ExitCode.UserError, held.Message),
            LeaseLostException lost => (
                ExitCode.NodesFailed, $"{lost.Message}. Nothing more is changed; `millrace history` tells what was, `millrace plan` what is left."),
            JournalUnreachableException journal => (ExitCode.NodesFailed, journal.Message),
            KafkaException kafka => (ExitCode.NodesFailed, kafka.Message),
            IOException or UnauthorizedAccessException => (ExitCode.UserError, error.Message), // A full disk, a missing right.
            OperationCanceledException => (ExitCode.UserError, "interrupted"),
            _ => (ExitCode.Internal, $"{error.GetType().Name}: {error.Message}\nThis is a defect of Millrace. MILLRACE_TRACE=1 prints where it happened."),
        };
        Console.Error.WriteLine($"error: {text}");
        if (Environment.GetEnvironmentVariable("MILLRACE_TRACE") == "1")
            Console.Error.WriteLine(error);
        return exit;
    }
}
