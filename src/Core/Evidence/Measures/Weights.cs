using System.Globalization;
using Entente.Engine.Query;

namespace Entente.Core.Evidence.Measures;

/// <summary>The weights of some works and their exact sums, over all of them and over each year's.</summary>
abstract class Weights
{
    readonly Dictionary<int, Part> _byYear = [];
    readonly Dictionary<double, long> _alike = [];

    public Part Whole { get; } = new();

    public Part OfYear(int year) => _byYear.GetValueOrDefault(year) ?? new();

    /// <summary>The ids "W123" in ordinal order, each with its weight.</summary>
    public abstract IEnumerable<(string Id, double Weight)> InOrder();

    /// <summary>How many works have each weight.</summary>
    public IEnumerable<(double Weight, long Works)> Alike => _alike.Select(w => (w.Key, w.Value));

    /// <summary>The works by number, each with its weight.</summary>
    public IEnumerable<(long Id, double Weight)> Each() => InOrder().Select(w => (long.Parse(w.Id.AsSpan(1), CultureInfo.InvariantCulture), w.Weight));

    /// <summary>The works, each with its weight and the way in which it counts.</summary>
    public abstract IEnumerable<WorkLine> Lines(string countsAs);

    /// <summary>Adds so many works of one weight.</summary>
    protected void Add(int year, double weight, bool truncated, long times)
    {
        if (!_byYear.TryGetValue(year, out var part)) _byYear.Add(year, part = new());
        _alike[weight] = _alike.GetValueOrDefault(weight) + times;
        Whole.Add(weight, truncated, times);
        part.Add(weight, truncated, times);
    }

    /// <summary>A sum of weights, and of those of works whose authors are all visible.</summary>
    public sealed class Part
    {
        ExactSum _all, _sure;

        public double All => _all.Value;
        public double Sure => _sure.Value;

        public void Add(double weight, bool truncated, long times)
        {
            _all.Add(weight, times);
            if (!truncated) _sure.Add(weight, times);
        }
    }
}
