using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;

namespace Entente.Core.Claims;

/// <summary>
/// What the record or a vintage says to a claim. Verdict is null where nothing can be said yet: then Text says what is missing.
/// </summary>
public sealed record Answer(Verdict? Verdict, Said Text)
{
    /// <summary>The question whose figure answers; null for an answer from the portfolio itself, or none.</summary>
    public Question? Question { get; init; }
    public FigureAnswer? Figure { get; init; }
}

/// <summary>Answers claims: from the structures on record, and by evidence where a vintage covers the question.</summary>
public static class Answering
{
    /// <summary>Counts the structures on record that the claim counts; null where it counts none. The record names some, never surely all.</summary>
    public static Answer? ByRecord(PortfolioRecord record, ReadClaim read)
    {
        var claim = read.Claim;
        if (claim is not { Measure: "structures", Kind: ClaimKind.Stock, Instrument: { } instrument } || (claim.Structure ?? claim.Country) is null) return null;
        var pool = claim.Structure is { } centre ? record.MembersOf(centre) : record.Structures.Values.Where(s => s.Country == claim.Country);
        var found = pool.Where(s => s.Instrument == instrument).Where(s => claim.OrganisationKeys.All(o => record.Parties[s.Key].Any(p => p.Organisation == o)))
            .OrderBy(s => s.Name, StringComparer.Ordinal).ToList();
        var names = new Said(string.Join(", ", found.Select(s => s.SaidName.En)), string.Join(", ", found.Select(s => s.SaidName.Fr)));
        if (found.Count == 0) return new(null, new("The record names none of them.", "Le portefeuille n’en nomme aucun."));
        if (read.Interval.Contains(found.Count)) return new(Verdict.Consistent, new($"On the record: {names.En}.", $"Au portefeuille\u202F: {names.Fr}."));
        return found.Count < read.Interval.Low
            ? new(null, new($"The record names {found.Count} of them: {names.En}.", $"Le portefeuille en nomme {found.Count}\u202F: {names.Fr}."))
            : new(Verdict.Contradictory, new($"The record names {found.Count}: {names.En}.", $"Le portefeuille en nomme {found.Count}\u202F: {names.Fr}."));
    }

    /// <summary>
    /// Computes the figure on the newest real vintage that covers the question and holds the claim against it; null where no figure of
    /// ours answers such a claim.
    /// </summary>
    public static Answer? ByEvidence(Work work, ReadClaim read, CancellationToken ct)
    {
        if (read.Claim.Figure is not { } figure) return null;
        if (read.Claim.Data is { } data)
            return new(null, new($"Counted on {data}, which no vintage holds.", $"Compté sur {data}, qu’aucun millésime ne contient."));
        var kind = figure == "joint-projects" ? VintageKind.Cordis : VintageKind.OpenAlex;
        var all = Vintages.List(work.Folder).Where(m => m.Kind == kind).ToList();
        var real = all.Where(m => !m.Synthetic).ToList();
        if (real.Count == 0) return Missing(all.Count > 0 ? OnlySynthetic : NoVintage, HowToGet(read, kind));
        foreach (var vintage in real)
        {
            var question = QuestionOf(read, figure, vintage.Id);
            if (Ask(work, question, ct) is not { } asked) return new(null, Damaged(vintage));
            if (!asked.Ok) return new(null, asked.Refusal!.Message);
            if (asked.Value is { Coverage: null, Synthetic: false } exact)
                return EvidenceJudgement.Of(read, exact, vintage) with { Question = question, Figure = exact };
        }
        return Missing(OnlySelections, HowToGet(read, kind));
    }

    // What was agreed and claimed stands on every page; a damaged vintage must not take it down.
    static Outcome<FigureAnswer>? Ask(Work work, Question question, CancellationToken ct)
    {
        try
        {
            return Figures.Ask(work, question, receipt: false, ct);
        }
        catch (BrokenWorldException)
        {
            return null;
        }
    }

    static Said Damaged(Manifest vintage) => new(
        $"Vintage {vintage.Id} is damaged and answers nothing. Import its sources again: this repairs it.",
        $"Le millésime {vintage.Id} est endommagé et ne répond à rien. Réimportez ses sources\u202F: cela le répare.");

    static Question QuestionOf(ReadClaim read, string figure, string vintage)
    {
        var keys = read.Claim.OrganisationKeys;
        return new Question(figure)
        {
            A = keys.ElementAtOrDefault(0), B = keys.ElementAtOrDefault(1), With = read.Claim.Country, Years = read.Period.Span, Vintage = vintage,
        };
    }

    static Answer Missing(Said why, Said how) => new(null, new($"{why.En} {how.En}", $"{why.Fr} {how.Fr}"));

    static Said NoVintage => new("No evidence is here yet.", "Aucune donnée n’est encore là.");

    static Said OnlySynthetic => new(
        "Only invented works are here, and a synthetic vintage never judges a claim.",
        "Seuls des travaux inventés sont là, et un millésime synthétique ne juge jamais un chiffre publié.");

    static Said OnlySelections => new(
        "The vintages here do not cover the question: what they hold is a lower bound and answers no claim.",
        "Les millésimes présents ne couvrent pas la question\u202F: ce qu’ils contiennent est un minimum et ne répond à aucun chiffre publié.");

    static Said HowToGet(ReadClaim read, VintageKind kind)
    {
        var years = read.Period.Span is { } span ? $" --years {span}" : " --years A-B";
        var command = kind == VintageKind.Cordis
            ? "entente import cordis PATH --as-of DATE --complete"
            : $"entente pull openalex --between {string.Join(' ', read.Claim.OrganisationKeys)}{years}";
        return new($"To answer it: {command}", $"Pour y répondre\u202F: {command}");
    }
}

/// <summary>A claim against a figure that covers it.</summary>
static class EvidenceJudgement
{
    public static Answer Of(ReadClaim read, FigureAnswer figure, Manifest vintage)
    {
        var readings = Readings(read, figure);
        var by = By(vintage);
        var (quote, counted) = (Sentences.Quote(read), Said(readings, read));
        if (readings.Any(r => r.Meets(read.Interval)))
            return new(Verdict.Consistent, new($"Counted {counted.En} {by.En}: {quote.En} agrees.", $"Compté\u202F: {counted.Fr}, {by.Fr}\u202F; {quote.Fr} s’accorde."));
        var gap = readings.Select(r => r.GapTo(read.Interval)).Min();
        var ratio = gap is { } g ? new Said($", a factor of {Numbers.In(g, Lang.En, 2)} from {quote.En}", $", à un facteur {Numbers.In(g, Lang.Fr, 2)} de {quote.Fr}")
            : new Said($", which {quote.En} does not allow", $", ce que {quote.Fr} ne permet pas");
        return new(Verdict.Contradictory, new($"Counted {counted.En} {by.En}{ratio.En}.", $"Compté\u202F: {counted.Fr}, {by.Fr}{ratio.Fr}."));
    }

    // Who says that nothing is missing: a query covers its question by construction, "complete" is the importer's word.
    static Said By(Manifest vintage)
    {
        var asOf = vintage.AsOf is { } date ? new PartialDate(date.Year, date.Month, date.Day).Said : (Said?)null;
        var dated = asOf is { } day ? new Said($" as of {day.En}", $" au {day.Fr}") : Kernel.Said.Same("");
        return vintage.Coverage.Kind == CoverageKind.Complete
            ? new($"by {vintage.Id}, imported as complete{dated.En}", $"d’après {vintage.Id}, importé comme complet{dated.Fr}")
            : new($"by {vintage.Id}{dated.En}", $"d’après {vintage.Id}{dated.Fr}");
    }

    static Said Said(IReadOnlyList<Interval> readings, ReadClaim read)
    {
        var decimals = read.Quantity.Percent ? 1 : 0;
        var parts = readings.Select(r => Numbers.Range(r, decimals)).Distinct().ToList();
        return new(string.Join(", or ", parts.Select(p => p.En)), string.Join(", ou ", parts.Select(p => p.Fr)));
    }

    /// <summary>What the figure amounts to in each reading of the claim's window: the whole span, its first and last years, or a rate.</summary>
    static List<Interval> Readings(ReadClaim read, FigureAnswer figure)
    {
        var whole = Whole(read, figure);
        if (read.Quantity.Percent) return [whole.Times(100)];
        if (read.Claim.Kind != ClaimKind.Flow || read.Period.Span is not { } span) return [whole];
        if (read.Quantity.PerYear) return [whole.Per(span.Count)];
        var shorter = read.Period.Readings.Where(r => r.Years is { } n && n < span.Count && n == Math.Floor(n)).Select(r => (int)r.Years!.Value);
        return [whole, .. shorter.SelectMany(n => new[] { Sum(figure, span.Last - n + 1, span.Last), Sum(figure, span.First, span.First + n - 1) })];
    }

    static Interval Whole(ReadClaim read, FigureAnswer figure)
    {
        if (read.Claim.Programme is { } programme && figure.Breakdown.ByProgramme is { } programmes)
        {
            var counted = programmes.Where(p => p.Key.StartsWith(programme, StringComparison.OrdinalIgnoreCase)).Sum(p => p.Value);
            return Interval.Closed(counted, counted + programmes.GetValueOrDefault("unknown"));
        }
        var value = (decimal)(figure.Value ?? 0);
        return Interval.Closed((decimal?)figure.Bounds.Lower ?? value, (decimal?)figure.Bounds.Upper ?? value);
    }

    static Interval Sum(FigureAnswer figure, int first, int last)
    {
        var years = figure.Series.Where(y => first <= y.Year && y.Year <= last).ToList();
        return Interval.Closed((decimal)years.Sum(y => y.Value ?? 0), (decimal)years.Sum(y => y.Upper ?? y.Value ?? 0));
    }
}
