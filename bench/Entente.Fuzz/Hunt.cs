using System.Diagnostics;
using System.Globalization;

namespace Entente.Fuzz;

/// <summary>What a hunt went through: inputs, the records that readers came to, and the first input that broke a reader, shrunk.</summary>
public sealed record Bag(long Inputs, long Records, TimeSpan Time)
{
    /// <summary>How many of the records were bent: of an input never more than the reader came to.</summary>
    public long Bent { get; init; }

    public long Number { get; init; }
    public Exception? Found { get; init; }
    public byte[] Smallest { get; init; } = [];
}

/// <summary>Feeds a target inputs numbered from 0, each made from the seed and its number alone.</summary>
public sealed class Hunt(Target target, int seed, TimeProvider clock)
{
    const int RenewEvery = 512;

    /// <summary>No input takes this long on the slowest machine; a reader that does not come back within it hangs.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // Looked at from time to time rather than timed: a process that was stopped for a while, so that others can measure, hangs in nothing.
    const int Looks = 6;

    long _number = -1, _looked = -1;
    int _looks;

    public Random Chance(long number) => new(unchecked(seed * 1_000_003 + (int)(number * 2_654_435_761L)));

    /// <summary>Goes on until the time or the count of inputs is over, so many records were bent, or something is found.</summary>
    public Bag Run(long from, long count, TimeSpan time, Action<Bag>? told = null, long most = long.MaxValue)
    {
        var (start, records, bent, said) = (clock.GetTimestamp(), 0L, 0L, TimeSpan.Zero);
        using var watch = new Timer(_ => Look(), null, Longest / Looks, Longest / Looks);
        var number = from;
        for (; number - from < count && bent < most && clock.GetElapsedTime(start) is var gone && gone < time; number++)
        {
            Volatile.Write(ref _number, number);
            var input = target.Make(Chance(number));
            var changed = target.Bent;
            try
            {
                var fed = target.Feed(input);
                (records, bent) = (records + fed, bent + Math.Min(changed, fed));
                if ((number + 1) % RenewEvery == 0) target.Renew();
            }
            catch (Exception found)
            {
                return new(number - from + 1, records, gone) { Bent = bent, Number = number, Found = found, Smallest = Shrink(input, found) };
            }
            if (gone - said < TimeSpan.FromSeconds(10)) continue;
            said = gone;
            told?.Invoke(new(number - from, records, gone) { Bent = bent, Number = number });
        }
        Volatile.Write(ref _number, -1);
        target.Renew();
        return new(number - from, records, clock.GetElapsedTime(start)) { Bent = bent, Number = number };
    }

    /// <summary>A reader that hangs cannot be stopped: the process ends, and says where.</summary>
    void Look()
    {
        var number = Volatile.Read(ref _number);
        (_looked, _looks) = (number, number == _looked && number >= 0 ? _looks + 1 : 0);
        if (_looks > Looks) Environment.FailFast(string.Create(CultureInfo.InvariantCulture, $"{target.Name} hangs: --reader {target.Name} --seed {seed} --from {number}"));
    }

    /// <summary>Takes stretches out, long ones first, as long as the same thing is still found.</summary>
    byte[] Shrink(byte[] input, Exception found)
    {
        var start = clock.GetTimestamp();
        for (var stretch = Math.Max(1, input.Length / 2); stretch > 0; stretch /= 2)
            for (var at = 0; at < input.Length && clock.GetElapsedTime(start) < TimeSpan.FromSeconds(20);)
            {
                var smaller = Bend.Splice(input, at, Math.Min(stretch, input.Length - at), []);
                if (Same(smaller, found)) input = smaller;
                else at += stretch;
            }
        return input;
    }

    bool Same(byte[] input, Exception found)
    {
        try
        {
            target.Feed(input);
            return false;
        }
        catch (Exception again)
        {
            return again.GetType() == found.GetType() && new StackTrace(again).GetFrame(0)?.GetMethod() == new StackTrace(found).GetFrame(0)?.GetMethod()
                && (found is not FindingException || again.Message == found.Message);
        }
    }
}
