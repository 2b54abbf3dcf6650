using System.Globalization;

namespace Millrace.Bench.Measuring;

/// <summary>CPU seconds of processes, as Linux counts them in ticks of 10 ms.</summary>
public static class CpuTime
{
    /// <summary>Ticks a second: fixed in the kernel's interface to programs.</summary>
    private const double Ticks = 100;

    /// <summary>User and system time of a running process, all of its threads.</summary>
    public static double OfProcess(int process) => Read($"/proc/{process}/stat", first: 14);

    /// <summary>User and system time of every process that this one has started and seen end, with their own children.</summary>
    public static double OfEndedChildren() => Read("/proc/self/stat", first: 16);

    /// <param name="first">Number of the first of two fields, as in proc(5).</param>
    private static double Read(string file, int first)
    {
        var text = File.ReadAllText(file);
        // The second field, the program's name in brackets, may hold anything.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[first - 3]) + Number(fields[first - 2])) / Ticks;
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
