namespace Millrace.Engine.Watch;

/// <summary>Hears of everything that a watch sees and does. Called from several threads; must return quickly.</summary>
public interface IWatchListener
{
    void On(WatchEvent happened);
}
