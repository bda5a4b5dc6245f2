using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Entente.Bench;

/// <summary>What the times were taken on.</summary>
sealed record Machine(string Processor, int Cores, double MemoryGiB, string Os, string Runtime, string Commit, DateOnly Date)
{
    public static Machine Look() => new(
        ProcessorName(), Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30),
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, CommitOf(), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));

    /// <summary>The processor as the name of a folder.</summary>
    public string Folder => string.Join('-', new string([.. Processor.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)) + $"-{Cores}-cores";

    static string ProcessorName()
    {
        const string Info = "/proc/cpuinfo";
        if (!File.Exists(Info)) return RuntimeInformation.ProcessArchitecture.ToString();
        var lines = File.ReadLines(Info).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        var name = lines.GetValueOrDefault("model name", RuntimeInformation.ProcessArchitecture.ToString());
        return lines.TryGetValue("cpu family", out var family) && lines.TryGetValue("model", out var model) ? $"{name} (family {family}, model {model})" : name;
    }

    static string CommitOf()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", "describe --always --dirty") { RedirectStandardOutput = true })!;
            return git.StandardOutput.ReadToEnd().Trim();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return "unknown";
        }
    }
}

/// <summary>How much of the machine others took while something was timed: a time taken beside a build says little.</summary>
sealed class Quiet
{
    readonly long began = Stopwatch.GetTimestamp();
    readonly double busy = Busy();
    readonly double own = Own();

    /// <summary>Per cent of all processors that were busy with other processes than this one and the one named.</summary>
    public double Foreign(double ownChild = 0)
    {
        var capacity = Stopwatch.GetElapsedTime(began).TotalSeconds * Environment.ProcessorCount;
        return Math.Max(0, 100 * (Busy() - busy - (Own() - own) - ownChild) / capacity);
    }

    /// <summary>Processor time of this process since.</summary>
    public double OwnSeconds => Own() - own;

    static double Own() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>Seconds that all processors together were not idle since the system's start; user, nice, system, irq, softirq in hundredths.</summary>
    static double Busy()
    {
        const string Stat = "/proc/stat";
        if (!File.Exists(Stat)) return 0;
        var fields = File.ReadLines(Stat).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / 100;
    }
}
