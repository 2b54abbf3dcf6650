using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Backfill;

namespace Millrace.Cli.Commands.Backfill;

/// <summary>How much a backfill may ask of the fleet, as options.</summary>
internal sealed class LimitOptions
{
    private static readonly BackfillLimits Default = new();

    private readonly Option<string> cut = new("--cut")
    {
        Description = "How old rows are told from live ones: quiet (never stops consumers), pause, or auto (quiet first)",
        HelpName = "MODE", DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string> from = new("--from")
    {
        Description = "Where old rows are read: storage, or kafka where the topics keep more than storage does", HelpName = "PLACE", DefaultValueFactory = _ => "storage",
    };

    private readonly Option<string> ingest = new("--ingest-time")
    {
        Description = "Tell old rows from live ones by this column of the source, which has the time of arrival: nothing rests or pauses", HelpName = "COLUMN",
    };

    private readonly Option<string?> margin = new("--margin")
    {
        Description = "With --ingest-time: how late a row may come after the time that it says; by default the longest flush interval of the streams and 5 s", HelpName = "TIME",
    };

    private readonly Option<string> pause = new("--pause")
    {
        Description = "Longest pause of the consumers, where one is needed", HelpName = "TIME", DefaultValueFactory = _ => "2s",
    };

    private readonly Option<string> quiet = new("--quiet")
    {
        Description = "How long to look for a moment without INSERTs", HelpName = "TIME", DefaultValueFactory = _ => "30s",
    };

    private readonly Option<int> parallel = new("--parallel")
    {
        Description = "Units at a time on each shard", HelpName = "N", DefaultValueFactory = _ => Default.Parallelism,
    };

    private readonly Option<int> threads = new("--threads") { Description = "Threads of each unit; 0 leaves it to the server", HelpName = "N" };

    private readonly Option<long> rows = new("--unit-rows")
    {
        Description = "Source rows of one unit of work", HelpName = "N", DefaultValueFactory = _ => Default.UnitRows,
    };

    private readonly Option<long> lag = new("--most-lag")
    {
        Description = "Wait while a consumer group is further behind, in messages", HelpName = "N", DefaultValueFactory = _ => Default.MostLag,
    };

    private readonly Option<bool> reconcile = new("--reconcile")
    {
        Description = "Compare the new tables with the live source once more before readers see them; reads the source again",
    };

    private readonly Option<bool> all = new("--compare-all")
    {
        Description = "Compare every state of every unit before it is published; by default counts, sums and extremes, and the states of one key in 16",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[from, cut, ingest, margin, pause, quiet, parallel, threads, rows, lag, all, reconcile])
            command.Options.Add(option);
        cut.AcceptOnlyFromAmong("auto", "quiet", "pause");
        from.AcceptOnlyFromAmong("storage", "kafka");
        from.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() == "kafka" && (result.GetValue(reconcile) || result.GetValue(ingest) is not null))
                result.AddError("--from kafka goes with neither --reconcile nor --ingest-time: the source does not have all rows to compare with");
        });
        ingest.Validators.Add(result =>
        {
            if (result.GetResult(cut) is { Implicit: false } || result.GetValue(reconcile))
                result.AddError("--ingest-time is a cut of its own in which nothing rests: give neither --cut nor --reconcile with it");
        });
        parallel.Validators.Add(result => Positive(result.GetValueOrDefault<int>(), "--parallel", result.AddError));
        rows.Validators.Add(result => Positive(result.GetValueOrDefault<long>(), "--unit-rows", result.AddError));
    }

    /// <summary>For the bench: <c>MILLRACE_BACKFILL_FLAW</c> leaves out what makes it exact, to show that it is noticed.</summary>
    public BackfillLimits Read(ParseResult arguments)
    {
        var limits = new BackfillLimits
        {
            Cut = arguments.GetValue(ingest) is null ? Enum.Parse<CutMode>(arguments.GetRequiredValue(cut), ignoreCase: true) : CutMode.IngestTime,
            FromKafka = arguments.GetRequiredValue(from) == "kafka",
            IngestColumn = arguments.GetValue(ingest),
            MarginMilliseconds = arguments.GetValue(margin) is { } late ? (int)Duration.Parse(late).TotalMilliseconds : 0,
            PauseMilliseconds = (int)Duration.Parse(arguments.GetRequiredValue(pause)).TotalMilliseconds,
            QuietMilliseconds = (int)Duration.Parse(arguments.GetRequiredValue(quiet)).TotalMilliseconds,
            Parallelism = arguments.GetValue(parallel),
            Threads = arguments.GetValue(threads),
            UnitRows = arguments.GetValue(rows),
            MostLag = arguments.GetValue(lag),
            CompareAll = arguments.GetValue(all),
            Reconcile = arguments.GetValue(reconcile),
        };
        return Environment.GetEnvironmentVariable("MILLRACE_BACKFILL_FLAW") switch
        {
            "no-cut" => limits with { Cut = CutMode.None, Verify = false },
            "no-check" => limits with { CheckPublished = false, Verify = false },
            _ => limits,
        };
    }

    private static void Positive(long value, string option, Action<string> refuse)
    {
        if (value < 1)
            refuse($"{option} takes a number from 1");
    }
}
