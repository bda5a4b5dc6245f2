using System.IO.Compression;
using Entente.Core.Kernel;

namespace Entente.Bench;

/// <summary>
/// What the figures must answer, counted over the JSON lines without any part of the engine. Only the table of statistical
/// countries is shared, since it is data.
/// </summary>
sealed class Truth
{
    const string Prefix = "https://openalex.org/";
    const string Cnrs = Prefix + "I1294671590", Imperial = Prefix + "I47508984", UTokyo = Prefix + "I74801974";

    readonly HashSet<string> partners = [];

    public long Works { get; private set; }
    public long JsonBytes { get; private set; }

    public SortedDictionary<int, long> PairByYear { get; } = [];
    public long Pair { get; private set; }
    public long PairDirect { get; private set; }
    public long PairDistinct { get; private set; }
    public long PairUpper { get; private set; }
    public long RecentPair { get; private set; }
    public long Output { get; private set; }
    public double OutputByAuthor { get; private set; }
    public long International { get; private set; }
    public long WithJapan { get; private set; }
    public long British { get; private set; }
    public int Partners => partners.Count;

    public double InternationalShare => (double)International / Output;
    public double JapaneseShare => (double)WithJapan / Output;
    public double PartnerShare => (double)Pair / British;

    public static Truth Of(string folder)
    {
        var all = new Truth();
        Parallel.ForEach(Directory.GetFiles(folder, "*.gz").Order(StringComparer.Ordinal), file =>
        {
            var part = new Truth();
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                part.JsonBytes += System.Text.Encoding.UTF8.GetByteCount(line) + 1;
                part.Take(PlainWork.Read(line));
            }
            lock (all) all.Merge(part);
        });
        return all;
    }

    void Take(PlainWork work)
    {
        Works++;
        if (!work.Passes) return;
        var (a, b) = (Lists(work, Cnrs), Lists(work, Imperial));
        if (a && b) TakePair(work);
        if ((a && b) || work.Truncated) PairUpper++;
        if (a && Lists(work, UTokyo) && work.Year is >= 2015 and <= 2024) RecentPair++;
        if (a) TakeOutput(work);
        if (a && CountriesOf(work).Contains("GB")) British++;
    }

    void TakePair(PlainWork work)
    {
        Pair++;
        PairByYear[work.Year] = PairByYear.GetValueOrDefault(work.Year) + 1;
        if (work.Units.Any(unit => unit.Id == Cnrs) && work.Units.Any(unit => unit.Id == Imperial)) PairDirect++;
        var authors = work.Authors.Index().ToList();
        if (authors.Any(x => x.Item.Any(unit => Is(unit, Cnrs)) && authors.Any(y => x.Index != y.Index && y.Item.Any(unit => Is(unit, Imperial))))) PairDistinct++;
    }

    void TakeOutput(PlainWork work)
    {
        Output++;
        var countries = CountriesOf(work);
        if (countries.Count > 1) International++;
        if (countries.Contains("JP")) WithJapan++;
        var known = work.Authors.Where(units => units.Count > 0).ToList();
        OutputByAuthor += known.Sum(units => (double)units.Where(unit => Is(unit, Cnrs)).DistinctBy(unit => unit.Id).Count() / units.DistinctBy(unit => unit.Id).Count()) / known.Count;
        foreach (var unit in work.Units.Where(unit => !Is(unit, Cnrs))) partners.Add(unit.Id);
    }

    void Merge(Truth part)
    {
        Works += part.Works;
        JsonBytes += part.JsonBytes;
        (Pair, PairDirect, PairDistinct, PairUpper) = (Pair + part.Pair, PairDirect + part.PairDirect, PairDistinct + part.PairDistinct, PairUpper + part.PairUpper);
        (RecentPair, Output, OutputByAuthor) = (RecentPair + part.RecentPair, Output + part.Output, OutputByAuthor + part.OutputByAuthor);
        (International, WithJapan, British) = (International + part.International, WithJapan + part.WithJapan, British + part.British);
        foreach (var (year, count) in part.PairByYear) PairByYear[year] = PairByYear.GetValueOrDefault(year) + count;
        partners.UnionWith(part.partners);
    }

    static bool Lists(PlainWork work, string id) => work.Units.Any(unit => Is(unit, id));

    static bool Is(PlainUnit unit, string id) => unit.Id == id || unit.Lineage.Contains(id);

    static HashSet<string> CountriesOf(PlainWork work) => [.. work.Units.Select(unit => Countries.Statistical(unit.Country)).OfType<string>()];
}
