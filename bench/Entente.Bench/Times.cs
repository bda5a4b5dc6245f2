using System.Diagnostics;

namespace Entente.Bench;

/// <summary>
/// Times of one act, in milliseconds; the processor time that one takes on average, which other processes change little; and
/// how much of the machine others took meanwhile.
/// </summary>
sealed record Times(string What, double Median, double P95, double Processor, double Foreign)
{
    public static Times Of(string what, IEnumerable<double> milliseconds, double processorSeconds, double foreign)
    {
        var sorted = milliseconds.Order().ToArray();
        return new(what, sorted[sorted.Length / 2], sorted[(int)(0.95 * (sorted.Length - 1))], 1000 * processorSeconds / sorted.Length, foreign);
    }

    /// <summary>Repeats an act: first unmeasured, until the compiler has done its best with it, then measured. A slow act is repeated less, but five times at least.</summary>
    public static Times Measure(string what, int warm, int count, Action act)
    {
        var longest = TimeSpan.FromSeconds(5);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < warm && (i < 5 || Stopwatch.GetElapsedTime(began) < longest); i++) act();
        // The compiler works beside the program: it is given time to end.
        Thread.Sleep(200);
        var (quiet, times) = (new Quiet(), new List<double>(count));
        for (began = Stopwatch.GetTimestamp(); times.Count < count && (times.Count < 5 || Stopwatch.GetElapsedTime(began) < longest);)
        {
            var start = Stopwatch.GetTimestamp();
            act();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return Of(what, times, quiet.OwnSeconds, quiet.Foreign());
    }
}
