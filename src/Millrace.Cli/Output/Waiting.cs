using System.Diagnostics;

namespace Millrace.Cli.Output;

/// <summary>One line on a terminal that says what takes so long; it goes away when the work is done.</summary>
public sealed class Waiting : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly Timer? _timer;
    private readonly Lock _writing = new();
    private bool _isShown;

    private Waiting(string what)
    {
        if (Console.IsErrorRedirected)
            return;
        var started = Stopwatch.GetTimestamp();
        _timer = new Timer(_ => Show($"{what}, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"), null, Quiet, TimeSpan.FromSeconds(1));
    }

    public static Waiting For(string what) => new(what);

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_writing)
            if (_isShown)
                Console.Error.Write("\r\e[K");
    }

    private void Show(string text)
    {
        lock (_writing)
        {
            Console.Error.Write($"\r\e[K{text}");
            _isShown = true;
        }
    }
}
