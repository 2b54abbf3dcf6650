using System.Collections.Concurrent;
using Millrace.Testing;
using Xunit;

namespace Millrace.IntegrationTests.Failures;

/// <summary>A node whose answers are no ClickHouse answers, seen through the real commands.</summary>
public sealed class BadServerTests(BadServerFixture fixture) : IClassFixture<BadServerFixture>
{
    private const string Html = "<html><title>502 Bad Gateway</title><h1>nginx</h1></html>";

    private static readonly Dictionary<string, (Func<Lazy<ScriptedAnswer>, ScriptedAnswer> Answer, string Words)> Faults = new()
    {
        ["answers HTML"] = (_ => ScriptedAnswer.Html(502, Html), "answers HTTP 502"),
        ["answers HTML as if all were well"] = (_ => ScriptedAnswer.Html(200, Html), "answers HTTP 200"),
        ["hangs"] = (_ => ScriptedAnswer.Hang(), "no answer within"),
        ["hangs within its answer"] = (truth => Long(truth) with { Ending = Ending.Hang }, "no answer within"),
        ["cuts its answer"] = (truth => Long(truth) with { Ending = Ending.Cut }, "before the answer was complete"),
        ["closes without an answer"] = (_ => ScriptedAnswer.Rows() with { Ending = Ending.NoAnswer }, "closed"),
        ["answers garbage"] = (_ => ScriptedAnswer.Rows("\u0000\u0001 not JSON ["), "cannot be read"),
    };

    public static TheoryData<string, string> Looking => new MatrixTheoryData<string, string>(Faults.Keys, ["plan", "status --interval 0.1"]);

    public static TheoryData<string> Changing => [.. Faults.Keys.Where(name => name != "answers garbage")];

    private static ScriptedAnswer Long(Lazy<ScriptedAnswer> truth) =>
        truth.Value.Body.Length > 1 ? truth.Value : truth.Value with { Body = new byte[100] };

    private static void SaysItClearly((int Exit, string Output, string Errors) run, string words)
    {
        var said = run.Output + run.Errors;
        Assert.True(run.Exit == 3, $"exit {run.Exit}:\n{said}");
        Assert.Contains("events-2", said, StringComparison.Ordinal);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("defect of Millrace", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Looking))]
    public async Task A_command_names_the_node_and_says_what_it_did(string fault, string command)
    {
        var (answer, words) = Faults[fault];
        await using var proxy = new FaultyProxy(fixture.Cluster.Http("events-2"), (_, truth) => answer(truth));
        var project = fixture.ProjectThrough(proxy);
        SaysItClearly(await project.RunAsync(command.Split(' ')), words);
    }

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task An_apply_says_which_node_could_not_be_changed_and_the_next_one_changes_it(string fault)
    {
        var (answer, words) = Faults[fault];
        var isBad = true;
        await using var proxy = new FaultyProxy(
            fixture.Cluster.Http("events-2"),
            (request, truth) => isBad && request.Sql.StartsWith("CREATE ", StringComparison.Ordinal) ? answer(truth) : null);
        var project = fixture.ProjectThrough(proxy);
        await fixture.ExecuteAsync("events-2", "DROP DATABASE IF EXISTS faults SYNC");
        SaysItClearly(await project.RunAsync("apply"), words);

        isBad = false;
        var second = await project.RunAsync("apply");
        Assert.True(second.Exit == 0, second.Output + second.Errors);
        Assert.Equal(0, (await project.RunAsync("plan", "--detailed-exitcode")).Exit);
    }

    [Fact]
    public async Task A_statement_that_ran_although_its_answer_was_lost_is_not_an_error()
    {
        var lost = new ConcurrentDictionary<string, bool>();
        await using var proxy = new FaultyProxy(
            fixture.Cluster.Http("events-2"),
            (request, truth) =>
            {
                var isFirst = request.Sql.StartsWith("CREATE ", StringComparison.Ordinal) && lost.TryAdd(request.Sql, true);
                return isFirst ? truth.Value with { Ending = Ending.NoAnswer } : null;
            });
        var project = fixture.ProjectThrough(proxy);
        await fixture.ExecuteAsync("events-2", "DROP DATABASE IF EXISTS faults SYNC");
        var run = await project.RunAsync("apply");
        Assert.True(run.Exit == 0, run.Output + run.Errors);
        Assert.NotEmpty(lost);
    }
}
