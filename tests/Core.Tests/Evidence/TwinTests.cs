using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

/// <summary>Every figure on the real works, against the twin, for many organisations, memberships, countings and windows.</summary>
public sealed class TwinTests(RealWorld real) : IClassFixture<RealWorld>
{
    static readonly Dictionary<string, string> Known = new() { ["02feahw73"] = "I1294671590", ["041kmwe10"] = "I47508984", ["057zh3y96"] = "I74801974" };
    static readonly string[] Named = ["02feahw73", "041kmwe10", "057zh3y96", "03yez3163", "03ypap427", "02kzqn938"];
    static readonly Years?[] Windows = [null, new(2018, 2022), new(2024, 2024), new(1800, 1850)];
    static readonly Lazy<Twin> Real = new(Twin.OfRealWorks);

    static IEnumerable<string> Organisations => Named.Concat(Real.Value.Works.SelectMany(w => w.All).Where(i => i.Ror is not null && i.Id.StartsWith('I'))
        .GroupBy(i => i.Ror!).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(10).Select(g => g.Key)).Distinct();

    static Twin.Belongs Side(string ror, Membership membership) => membership == Membership.Perimeter
        ? Twin.By(Real.Value.IdsOf(Tree(ror), Known), lineage: false)
        : Twin.By(Real.Value.IdsOf([ror], Known), membership == Membership.Lineage);

    static List<string> Tree(string ror)
    {
        using var file = new StreamReader(new GZipStream(File.OpenRead(RealWorld.History(ror, "v2.3")), CompressionMode.Decompress));
        var links = JsonDocument.Parse(file.ReadToEnd()).RootElement.GetProperty("relationships").EnumerateArray().Where(r => r.GetProperty("type").GetString() == "child");
        return [ror, .. links.Select(r => r.GetProperty("id").GetString()!.Split('/')[^1])];
    }

    static IEnumerable<(string A, string B, Membership M)> Pairs()
    {
        foreach (var a in Named)
            foreach (var b in Organisations.Where(b => b != a))
                foreach (var m in new[] { Membership.Direct, Membership.Lineage }) yield return (a, b, m);
        yield return ("02feahw73", "041kmwe10", Membership.Perimeter);
        yield return ("041kmwe10", "02feahw73", Membership.Perimeter);
    }

    static readonly Lazy<ILookup<string, string?>> Types = new(() => Real.Value.Works.SelectMany(w => w.All).ToLookup(i => i.Id, i => i.Type));

    static bool MaybeCompany(Twin.Institution institution) => institution.Type is null or "funder"
        && (Types.Value[institution.Id].Contains("company") || Types.Value[institution.Id].All(type => type is null or "funder"));

    static string Digest(IEnumerable<string> ids) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Lines(ids))));
    static string Lines(IEnumerable<string> ids) => string.Concat(ids.Order(StringComparer.Ordinal).Select(id => id + "\n"));

    [RealDataFact]
    public void Co_publications()
    {
        foreach (var (a, b, m) in Pairs())
            foreach (var years in Windows)
            {
                var (x, y) = (Side(a, m), Side(b, m));
                var window = Real.Value.Window(years).ToList();
                var would = window.Where(w => Twin.Lists(w, x) && Twin.Lists(w, y)).ToList();
                var counted = would.Where(Twin.Passes).ToList();
                var hidden = window.Count(w => Twin.Passes(w) && w.Truncated && !counted.Contains(w));
                var answer = real.World.Ask(new("co-publications") { A = a, B = b, Membership = m, Years = years }, receipt: true);
                var distinct = counted.Count(w => Twin.Distinct(w, x, y));
                Assert.Equal((a, b, m, years, counted.Count, distinct, counted.Count + hidden),
                    (a, b, m, years, (int)answer.Value!, (int)answer.Breakdown.DistinctAuthors!, (int)answer.Bounds.Upper!));
                Assert.Equal(Digest(counted.Select(w => w.Id)), answer.Receipt!.Digest);
                Assert.Equal(new Excluded(would.Count(w => w.Retracted), would.Count(w => w.Paratext && !w.Retracted), hidden), answer.Excluded);
                Assert.Equal(Series(years, counted), answer.Series.Select(s => (s.Year, (int)s.Value!)));
                Assert.Equal(answer.Value, m switch
                {
                    Membership.Direct => answer.Breakdown.Direct,
                    Membership.Lineage => answer.Breakdown.Lineage,
                    Membership.Perimeter => answer.Breakdown.Perimeter,
                });
            }
    }

    static IEnumerable<(int, int)> Series(Years? window, List<Twin.Work> counted)
    {
        var years = counted.Where(w => w.Year is not null).Select(w => w.Year!.Value).ToList();
        if (window is null && years.Count == 0) return [];
        var (first, last) = window is { } y ? (y.First, y.Last) : (years.Min(), years.Max());
        return Enumerable.Range(first, last - first + 1).Select(year => (year, years.Count(n => n == year)));
    }

    [RealDataFact]
    public void Output_in_full_and_in_fractions()
    {
        foreach (var a in Organisations)
            foreach (var m in new[] { Membership.Direct, Membership.Lineage })
                foreach (var counting in Enum.GetValues<Counting>())
                    foreach (var years in Windows)
                    {
                        var x = Side(a, m);
                        var window = Real.Value.Window(years).Where(Twin.Passes).ToList();
                        var weights = window.Where(w => Twin.Lists(w, x)).ToDictionary(w => w, w => Twin.Weight(w, x, counting));
                        var answer = real.World.Ask(new("output") { A = a, Membership = m, Counting = counting, Years = years });
                        Assert.Equal(weights.Values.Sum(), answer.Value!.Value, 9);
                        var sure = counting == Counting.Full ? weights.Values.Sum() : weights.Where(w => !w.Key.Truncated).Sum(w => w.Value);
                        var open = window.Count(w => w.Truncated && (counting != Counting.Full || !weights.ContainsKey(w)));
                        Assert.Equal(sure, answer.Bounds.Lower!.Value, 9);
                        Assert.Equal(sure + open, answer.Bounds.Upper!.Value, 9);
                        Assert.Equal(open, answer.Excluded.Truncated);
                    }
    }

    [RealDataFact]
    public void Fractional_weights_work_by_work()
    {
        foreach (var counting in new[] { Counting.Author, Counting.Organisation, Counting.Country })
            foreach (var a in Named)
            {
                var x = Side(a, Membership.Lineage);
                var expected = Real.Value.Works.Where(w => Twin.Passes(w) && Twin.Lists(w, x)).ToDictionary(w => w.Id, w => Twin.Weight(w, x, counting));
                var lines = real.World.Lines(new("output") { A = a, Counting = counting });
                Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), lines.Select(l => l.Id));
                Assert.All(lines, l => Assert.Equal(expected[l.Id], l.Weight!.Value, 12));
            }
    }

    [RealDataFact]
    public void Shares()
    {
        foreach (var a in Named)
            foreach (var m in new[] { Membership.Direct, Membership.Lineage })
                foreach (var years in Windows)
                {
                    var x = Side(a, m);
                    Hold(new("international-share") { A = a, Membership = m, Years = years }, w => Twin.Lists(w, x), w => Twin.CountriesOf(w).Count > 1);
                    Hold(new("industry-share") { A = a, Membership = m, Years = years }, w => Twin.Lists(w, x), w => w.All.Any(i => i.Type == "company"), w => w.All.Any(MaybeCompany));
                    foreach (var country in new[] { "FR", "US", "SA", "CN" })
                    {
                        bool With(Twin.Work w) => Twin.CountriesOf(w).Contains(country);
                        Hold(new("country-share") { A = a, Membership = m, Years = years, With = country }, w => Twin.Lists(w, x), With);
                        foreach (var b in Named.Where(b => b != a))
                        {
                            var y = Side(b, m);
                            Hold(new("partner-share") { A = a, B = b, Membership = m, Years = years, With = country }, w => Twin.Lists(w, x) && With(w), w => Twin.Lists(w, y));
                        }
                    }
                }
    }

    void Hold(Question question, Func<Twin.Work, bool> whole, Func<Twin.Work, bool> property, Func<Twin.Work, bool>? untold = null)
    {
        var window = Real.Value.Window(question.Years).Where(Twin.Passes).ToList();
        var d = window.Where(whole).ToList();
        var n = d.Where(property).ToList();
        var answer = real.World.Ask(question, receipt: true);
        Assert.Equal((n.Count, d.Count), ((int)answer.Breakdown.Numerator!, (int)answer.Breakdown.Denominator!));
        Assert.Equal(d.Count == 0 ? null : (double?)n.Count / d.Count, answer.Value);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Lines(n.Select(w => w.Id))}\n{Lines(d.Select(w => w.Id))}"))), answer.Receipt!.Digest);
        var outside = window.Where(w => w.Truncated && !whole(w)).ToList();
        var low = d.Count + outside.Count(w => !property(w));
        var high = d.Count + outside.Count;
        Assert.Equal(low == 0 ? high == 0 ? null : 1 : (double)n.Count / low, answer.Bounds.Lower);
        Assert.Equal(high == 0 ? null : (double?)(n.Count + d.Count(w => !property(w) && (w.Truncated || untold?.Invoke(w) == true)) + outside.Count) / high, answer.Bounds.Upper);
        foreach (var year in answer.Series)
            Assert.Equal(d.Count(w => w.Year == year.Year) is var all and > 0 ? (double?)n.Count(w => w.Year == year.Year) / all : null, year.Value);
    }

    [RealDataFact]
    public void Partners()
    {
        foreach (var a in Organisations)
            foreach (var m in new[] { Membership.Direct, Membership.Lineage })
                foreach (var years in Windows)
                {
                    var x = Side(a, m);
                    var passing = Real.Value.Window(years).Where(Twin.Passes).ToList();
                    var counted = passing.Where(w => Twin.Lists(w, x)).ToList();
                    var rows = counted.SelectMany(w => w.All.Where(i => !x(i) && i.Id.StartsWith('I')).Select(i => i.Id).Distinct().Select(id => (Id: id, Work: w)))
                        .GroupBy(p => p.Id).Select(g => (Id: g.Key, Works: g.Count(), Open: passing.Count(w => w.Truncated) - g.Count(p => p.Work.Truncated)))
                        .OrderByDescending(r => r.Works).ThenBy(r => r.Id, StringComparer.Ordinal).ToList();
                    var answer = real.World.Ask(new("partners") { A = a, Membership = m, Years = years });
                    Assert.Equal(rows.Count, answer.Value);
                    Assert.Equal(rows.Select(r => (r.Id, (double)r.Works, (double?)r.Works + r.Open)), answer.Rows!.Select(r => (r.Id, r.Value, r.Bounds.Upper)));
                    Assert.Equal(passing.Exists(w => w.Truncated) ? null : rows.Count, answer.Bounds.Upper);
                }
    }
}
