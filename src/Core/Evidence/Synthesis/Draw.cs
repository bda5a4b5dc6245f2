namespace Entente.Core.Evidence.Synthesis;

/// <summary>Draws an index by weight. Weights are whole numbers, so that every machine draws the same.</summary>
sealed class Draw
{
    readonly int[] _ends;

    public Draw(IEnumerable<int> weights)
    {
        var sum = 0;
        _ends = [.. weights.Select(weight => sum += weight)];
    }

    /// <summary>Zipf–Mandelbrot: the weight of rank r (from 0) falls as 1 / (r + shift)^power; no rank falls to nothing.</summary>
    public static IEnumerable<int> Ranks(int count, double shift, double power)
    {
        var scale = 1_000_000 * Math.Pow(shift, power);
        return Enumerable.Range(0, count).Select(rank => Math.Max(1, (int)Math.Round(scale / Math.Pow(rank + shift, power) / 16)));
    }

    public int Count => _ends.Length;

    public int From(ref Prng prng)
    {
        var at = Array.BinarySearch(_ends, prng.Below(_ends[^1]) + 1);
        return at < 0 ? ~at : at;
    }
}
