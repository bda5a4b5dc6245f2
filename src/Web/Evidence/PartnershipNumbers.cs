using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Claims;
using Entente.Web.Portfolio;

namespace Entente.Web.Evidence;

/// <summary>Why a figure of the page cannot be given: a code for programs, a sentence for people.</summary>
public sealed record Missing(string Code, Said Reason);

/// <summary>A figure that was asked for, and its answer or why there is none.</summary>
public sealed record AskedFigure(Question Question, FigureAnswer? Figure, Missing? Missing)
{
    public static AskedFigure Of(Work work, Question question, CancellationToken ct) => Figures.Ask(work, question, receipt: false, ct) switch
    {
        { Ok: true, Value: var answer } => new(question, answer, null),
        var refused => new(question, null, new(refused.Refusal!.Code, refused.Refusal.Message)),
    };
}

/// <summary>One side of a partnership: who it is, and its figures. Key is what addresses write, a ROR id where the portfolio has no key.</summary>
public sealed record PartnerSide(string Key, string? Ror, string Name, string Short, string? Country)
{
    public AskedFigure? Output { get; init; }
    public AskedFigure? InternationalShare { get; init; }

    /// <summary>Works with the country of the other side, over its works.</summary>
    public AskedFigure? CountryShare { get; init; }

    /// <summary>Works with the other side, over its works with the other side's country.</summary>
    public AskedFigure? PartnerShare { get; init; }
    public AskedFigure? Partners { get; init; }
}

/// <summary>What evidence says about a pair: some fifteen figures, none with a digest.</summary>
public sealed record PartnershipNumbers
{
    public required PartnerSide A { get; init; }
    public required PartnerSide B { get; init; }

    /// <summary>The membership that leads: as asked, else perimeter where a release holds both roots, else lineage.</summary>
    public required Membership Membership { get; init; }

    /// <summary>True where nobody asked for this membership.</summary>
    public required bool Chosen { get; init; }
    public required Years? Years { get; init; }
    public required AskedFigure CoPublications { get; init; }

    /// <summary>The pair by each membership; a refusal says why not.</summary>
    public required IReadOnlyDictionary<string, AskedFigure> Ways { get; init; }
    public required AskedFigure JointProjects { get; init; }

    /// <summary>The ROR release of the perimeters, where they lead.</summary>
    public string? Release { get; init; }

    /// <summary>Structures and programmes that a source names both for.</summary>
    public IReadOnlyList<StructureLine> Structures { get; init; } = [];

    /// <summary>Claims about the pair, each with the worst verdict it meets.</summary>
    public IReadOnlyList<ClaimLine> Claims { get; init; } = [];

    /// <summary>True when any figure is computed on invented works.</summary>
    public bool Synthetic => All.Any(f => f.Figure?.Synthetic == true);

    IEnumerable<AskedFigure> All => ((AskedFigure?[])[CoPublications, JointProjects, A.Output, B.Output, A.CountryShare, B.CountryShare]).OfType<AskedFigure>();

    public static Outcome<PartnershipNumbers> Of(Work work, string a, string b, WindowQuery query, CancellationToken ct)
    {
        var asked = FigureQuery.Within(query).Ask("co-publications");
        if (asked.Refusal is { } malformed) return malformed;
        var organisations = Organisations.All(PortfolioRecord.Of(work));
        var (first, second) = (Side(work, organisations, a), Side(work, organisations, b));
        var question = asked.Value with { A = first.Key, B = second.Key, Years = asked.Value.Years ?? LastTen(work, asked.Value.Vintage) };
        var ways = Enum.GetValues<Membership>().ToDictionary(m => m, m => AskedFigure.Of(work, question with { Membership = m }, ct));
        if (ways[Membership.Lineage].Missing is { Code: "unknown-organisation" or "ambiguous-organisation" or "same-organisation" or "unknown-vintage" or "wrong-vintage" })
            return Figures.Ask(work, question with { Membership = Membership.Lineage }, receipt: false, ct).Refusal!;
        var given = !string.IsNullOrWhiteSpace(query.Membership);
        var lead = given ? question.Membership : ways[Membership.Perimeter].Figure is not null ? Membership.Perimeter : Membership.Lineage;
        question = question with { Membership = lead };
        return new PartnershipNumbers
        {
            A = Named(first, ways, 0) is var left ? WithFigures(work, left, second, question, ct) : first,
            B = Named(second, ways, 1) is var right ? WithFigures(work, right, first, question, ct) : second,
            Membership = lead,
            Chosen = !given,
            Years = question.Years,
            CoPublications = ways[lead],
            Ways = ways.ToDictionary(w => FigureAddress.Word(w.Key), w => w.Value),
            JointProjects = AskedFigure.Of(work, new Question("joint-projects") { A = first.Key, B = second.Key }, ct),
            Release = lead == Membership.Perimeter && Perimeters.Pair(work, first.Key, second.Key, question.Release) is { Ok: true, Value.A.Release: var release } ? release : null,
        };
    }

    static PartnerSide WithFigures(Work work, PartnerSide side, PartnerSide other, Question pair, CancellationToken ct)
    {
        var one = pair with { A = side.Key, B = null };
        return side with
        {
            Output = AskedFigure.Of(work, one with { Figure = "output" }, ct),
            InternationalShare = AskedFigure.Of(work, one with { Figure = "international-share" }, ct),
            CountryShare = other.Country is null ? null : AskedFigure.Of(work, one with { Figure = "country-share", With = other.Country }, ct),
            PartnerShare = other.Country is null ? null : AskedFigure.Of(work, one with { Figure = "partner-share", B = other.Key, With = other.Country }, ct),
            Partners = AskedFigure.Of(work, one with { Figure = "partners" }, ct),
        };
    }

    static PartnerSide Side(Work work, IReadOnlyList<KnownOrganisation> all, string text)
    {
        if (Organisations.Find(all, text) is { } known)
            return new(known.Key, known.Ror, known.Name, known.Short ?? known.Name, known.Country);
        return new(RorId.Parse(text) ?? text, RorId.Parse(text), text, text, CountryInRor(work, RorId.Parse(text)));
    }

    // An organisation that the portfolio does not know has the name that the evidence gives it.
    static PartnerSide Named(PartnerSide side, Dictionary<Membership, AskedFigure> ways, int position) =>
        ways[Membership.Lineage].Figure?.Organisations.ElementAtOrDefault(position) is { Key: null } found
            ? side with { Name = found.Name, Short = found.Name, Ror = found.Ror } : side;

    static string? CountryInRor(Work work, string? ror)
    {
        if (ror is null || Perimeters.ReleaseWith(work, null, [ror]) is not { Ok: true } opened) return null;
        using var release = opened.Value;
        return release.Find(ror)?.Country;
    }

    // Ten years read well on a page; a vintage may reach back a century.
    static Years? LastTen(Work work, string? vintage) =>
        Vintages.Find(work.Folder, VintageKind.OpenAlex, vintage) is { Ok: true, Value: { FirstYear: { } first, LastYear: { } last } }
            ? new Years(Math.Max(first, last - 9), last) : null;
}
