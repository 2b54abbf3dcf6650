using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Millrace.Core.Doctor;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Doctor;

/// <summary>The parts of one node's examination, within one time limit.</summary>
internal sealed class NodeParts(CancellationTokenSource timer, CancellationToken cancel)
{
    private readonly ConcurrentQueue<Unseen> _unseen = new();

    public ImmutableArray<Unseen> Unseen => [.. _unseen.OrderBy(item => item.What, StringComparer.Ordinal)];

    /// <summary>What a node cannot or will not tell becomes null here and is remembered; the user's interrupt goes on.</summary>
    public async Task<T?> ReadAsync<T>(string what, Func<CancellationToken, Task<T>> read)
        where T : class
    {
        try
        {
            return await read(cancel);
        }
        catch (ServerErrorException error)
        {
            _unseen.Enqueue(new Unseen(what, $"error {error.Code} {error.Name}: {error.Message}"));
        }
        catch (NodeUnreachableException gone)
        {
            _unseen.Enqueue(new Unseen(what, gone.Message));
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            _unseen.Enqueue(new Unseen(what, "not told in time"));
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            _unseen.Enqueue(new Unseen(what, $"the answer cannot be read: {error.Message}"));
        }

        return null;
    }
}
