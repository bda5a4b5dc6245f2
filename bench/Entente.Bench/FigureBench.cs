using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Bench;

/// <summary>Figures asked in this process, as the pages and the API ask them.</summary>
sealed class FigureBench : IAsyncDisposable
{
    readonly Work work;
    readonly string vintage;

    FigureBench(Work work, string vintage) => (this.work, this.vintage) = (work, vintage);

    public static async Task<FigureBench> OpenAsync(BenchWorld world)
    {
        var folder = new DataFolder(world.Data);
        var db = folder.OpenDb();
        await Migrator.RunAsync(db, default);
        return new(new Work(db, folder, Actor.CommandLine, TimeProvider.System), world.Imported.Vintage);
    }

    const string Cnrs = "02feahw73", Imperial = "041kmwe10", UTokyo = "057zh3y96";

    Question Pair => new("co-publications") { A = Cnrs, B = Imperial, Vintage = vintage };
    Question RecentPair => new("co-publications") { A = Cnrs, B = UTokyo, Years = new Years(2015, 2024), Vintage = vintage };
    Question Output => new("output") { A = Cnrs, Vintage = vintage };
    Question International => new("international-share") { A = Cnrs, Vintage = vintage };
    Question Japanese => new("country-share") { A = Cnrs, With = "JP", Vintage = vintage };
    Question PartnerShare => new("partner-share") { A = Cnrs, B = Imperial, With = "GB", Vintage = vintage };
    Question Partners => new("partners") { A = Cnrs, Vintage = vintage };

    /// <summary>What is asked, on a vintage that holds the three.</summary>
    public static IEnumerable<(string What, Question Question)> Questions(string vintage) => new FigureBench(null!, vintage).Asked;

    IEnumerable<(string What, Question Question)> Asked =>
    [
        ("co-publications CNRS–Imperial, all years", Pair),
        ("co-publications CNRS–UTokyo, 2015–2024", RecentPair),
        ("output CNRS", Output),
        ("output CNRS, author-fractional", Output with { Counting = Counting.Author }),
        ("international-share CNRS", International),
        ("country-share CNRS with JP", Japanese),
        ("partner-share CNRS–Imperial with GB", PartnerShare),
        ("partners CNRS", Partners),
    ];

    /// <summary>Holds every answer against the independent count; a wrong answer ends the run before anything is timed.</summary>
    public void Check(Truth truth)
    {
        var pair = Ask(Pair);
        Same("pair", truth.Pair, pair.Value);
        Same("pair, direct", truth.PairDirect, pair.Breakdown.Direct);
        Same("pair, distinct authors", truth.PairDistinct, pair.Breakdown.DistinctAuthors);
        Same("pair, upper bound", truth.PairUpper, pair.Bounds.Upper);
        foreach (var year in pair.Series) Same($"pair in {year.Year}", truth.PairByYear.GetValueOrDefault(year.Year), year.Value);
        Same("recent pair", truth.RecentPair, Ask(RecentPair).Value);
        Same("output", truth.Output, Ask(Output).Value);
        Same("output by author", truth.OutputByAuthor, Ask(Output with { Counting = Counting.Author }).Value);
        Same("international share", truth.InternationalShare, Ask(International).Value);
        Same("country share", truth.JapaneseShare, Ask(Japanese).Value);
        Same("partner share", truth.PartnerShare, Ask(PartnerShare).Value);
        Same("partners", truth.Partners, Ask(Partners).Value);
    }

    /// <summary>Each figure without and with its receipt, which digests every work behind it.</summary>
    public IReadOnlyList<(Times Plain, Times Receipt)> Measure() => [.. Asked.Select(each => (
        Times.Measure(each.What, 60, 200, () => Ask(each.Question)),
        Times.Measure(each.What, 20, 40, () => Ask(each.Question, receipt: true))))];

    FigureAnswer Ask(Question question, bool receipt = false)
    {
        var answer = Figures.Ask(work, question, receipt, default);
        return answer.Refusal is { } refusal ? throw new InvalidOperationException($"{question.Figure}: {refusal}") : answer.Value;
    }

    static void Same(string what, double expected, double? found)
    {
        if (found is null || Math.Abs(expected - found.Value) > 1e-9 * Math.Max(1, Math.Abs(expected)))
            throw new InvalidOperationException($"{what}: the engine answers {found}, the independent count {expected}. Nothing is timed.");
    }

    public ValueTask DisposeAsync() => work.Db.DisposeAsync();
}
