using Xunit;

namespace Millrace.IntegrationTests;

/// <summary>Waiting for what must happen: so long that a busy machine never decides a test, and only what never happens fails it.</summary>
public static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>For what takes a token; give it up only when nothing will come.</summary>
    public static CancellationTokenSource Token() => new(Limit);

    /// <summary>Waits until something holds; fails with the report otherwise.</summary>
    public static Task UntilAsync(Func<bool> holds, Func<string> report) => UntilAsync(() => Task.FromResult(holds()), report);

    /// <inheritdoc cref="UntilAsync(Func{bool}, Func{string})"/>
    public static async Task UntilAsync(Func<Task<bool>> holds, Func<string> report)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Limit, $"waited {Limit.TotalMinutes} minutes; {report()}");
            await Task.Delay(Step, Cancel);
        }
    }

    /// <summary>Asks until the answer is the expected one; fails with the last answer.</summary>
    public static async Task ExpectAsync<T>(T expected, Func<Task<T>> ask, string question)
    {
        T? last = default;
        await UntilAsync(async () => Equals(last = await ask(), expected), () => $"{question} is {last}, expected {expected}");
    }
}
