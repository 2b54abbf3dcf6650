using Millrace.Engine.Watch;

namespace Millrace.Cli.Watching;

/// <summary>Several listeners as one.</summary>
public sealed class WatchListeners(params IWatchListener[] listeners) : IWatchListener
{
    public void On(WatchEvent happened)
    {
        foreach (var listener in listeners)
            listener.On(happened);
    }
}
