using System.Globalization;
using Entente.Core.Evidence.Measures;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>
/// A question about works that was understood: its vintage opened, its organisations found, its perimeters resolved. Holds the
/// vintage open until it is disposed.
/// </summary>
sealed class Asked : IDisposable
{
    readonly HeldVintage _hold;
    readonly Dictionary<Membership, Measure> _measures = [];

    Asked(Indicator indicator, Question question, HeldVintage hold) => (Indicator, Question, _hold) = (indicator, question, hold);

    public Indicator Indicator { get; }
    public Question Question { get; }
    public Manifest Vintage => _hold.Manifest;
    public required SideOf A { get; init; }
    public required SideOf? B { get; init; }

    /// <summary>Where institutions are; null where the figure does not ask.</summary>
    public RorPlaces? Places { get; init; }

    /// <summary>Why there is no perimeter to count by; null when there is.</summary>
    public Said? NoPerimeter { get; init; }

    /// <summary>One side of the question on this vintage: which ids stand for it under each membership.</summary>
    public sealed record SideOf(Side Side, IReadOnlyList<long> Root, IReadOnlyList<long>? Members, ResolvedPerimeter? Perimeter)
    {
        public IReadOnlyList<long> Ids(Membership membership) => membership == Membership.Perimeter ? Members! : Root;
    }

    public Carriers Carriers => _hold.Works.Carriers;

    public IEnumerable<SideOf> Sides => B is null ? [A] : [A, B];

    public bool Has(Membership membership) => membership != Membership.Perimeter || Sides.All(side => side.Members is not null);

    /// <summary>The figure under a membership that it <see cref="Has"/>.</summary>
    public Measure Under(Membership membership)
    {
        if (_measures.TryGetValue(membership, out var known)) return known;
        return _measures[membership] = On(_hold.Works, membership);
    }

    /// <summary>The figure as its own membership has it on another holding of the vintage, such as one that only writes down what it is asked.</summary>
    public Measure On(Func<Holding, Holding> other) => On(other(_hold.Works), Question.Membership);

    Measure On(Holding opened, Membership membership, Func<Frame, Frame>? narrowed = null)
    {
        var frame = opened.Frame(Question.Years, Among);
        Body BodyOf(SideOf side) => opened.Body(side.Ids(membership), membership == Membership.Lineage);
        return Measure.Of(new Scene(opened, Indicator, narrowed?.Invoke(frame) ?? frame, Question.Counting,
            BodyOf(A), B is null ? null : BodyOf(B), Question.With is null ? null : opened.Country(Question.With))
        {
            Subject = Indicator.About(Question.Filters) is { } about ? opened.Passing(Subjects.ToFilter(opened, about)) : null,
            Places = Places, Kilometres = Question.Kilometres ?? Indicator.Kilometres ?? 0,
        });
    }

    // What a figure is about is no filter of it: it is held against the works that pass the other filters.
    Filters Among => Indicator.Among(Question.Filters);

    /// <summary>The filters as they were understood, by name.</summary>
    public IEnumerable<AskedFilter> Filtered => Question.Filters.Words().Select(word => new AskedFilter(word.Name, word.Value, word.Name switch
    {
        "topic" => Named(t => (t.Id, t.Name), word.Value),
        "subfield" => Named(t => (t.Subfield, t.SubfieldName), word.Value),
        "field" => Named(t => (t.Field, t.FieldName), word.Value),
        "domain" => Named(t => (t.Domain, t.DomainName), word.Value),
        _ => null,
    }));

    string? Named(Func<Entente.Engine.Works.Topic, (int Number, string? Name)> of, string number) =>
        _hold.Works.Topics.Select(of).FirstOrDefault(place => place.Name is not null && place.Number.ToString(CultureInfo.InvariantCulture) == number).Name;

    public Measure Main => Under(Question.Membership);

    /// <summary>The works of this vintage, whatever it says of them, that a set of another vintage has too.</summary>
    public SetOfWorks Same(SetOfWorks other) => _hold.Works.Same(other);

    /// <summary>The figure where the frame is what these works are of it.</summary>
    public Measure Within(SetOfWorks works) => On(_hold.Works, Question.Membership, frame => frame.Among(works));

    /// <summary>Understands a question that passed the catalogue. Refused where an organisation, vintage or perimeter is missing.</summary>
    public static Outcome<Asked> Open(Work work, Indicator indicator, Question question)
    {
        var opened = Engines.Take(work.Folder, question.Vintage);
        if (opened.Refusal is { } none) return none;
        var hold = opened.Value;
        var held = false;
        try
        {
            var asked = Vintages.Guard(hold.Manifest, () => Understand(work, indicator, question, hold));
            held = asked.Ok;
            return asked;
        }
        finally
        {
            if (!held) hold.Dispose();
        }
    }

    static Outcome<Asked> Understand(Work work, Indicator indicator, Question question, HeldVintage hold)
    {
        var (known, carriers) = (KnownOrganisations.Of(work), hold.Works.Carriers);
        var a = known.Find(work, question.A!, () => carriers);
        if (a.Refusal is { } unknownA) return unknownA;
        var b = question.B is null ? null : (Outcome<Side>?)known.Find(work, question.B, () => carriers);
        if (b?.Refusal is { } unknownB) return unknownB;
        if (b is not null && Same(a.Value.Organisation, b.Value.Value.Organisation)) return Twice(a.Value);
        var country = question.With is null ? null : (Outcome<string>?)Territory.Asked(question.With);
        if (country?.Refusal is { } noCountry) return noCountry;
        var filters = Subjects.Understand(hold.Works, indicator, question.Filters);
        if (filters.Refusal is { } noFilter) return noFilter;
        var (first, second, reason) = SidePerimeters.Of(work, a.Value.Organisation, b?.Value.Organisation, question.Release);
        if (question.Membership == Membership.Perimeter && reason is not null) return reason;
        // One figure is of one release: that of its perimeters, where it goes by them.
        var places = indicator.ByPlace ? (Outcome<RorPlaces>?)RorPlaces.Find(work, question.Membership == Membership.Perimeter ? first!.Release : question.Release) : null;
        if (places?.Refusal is { } noPlaces) return noPlaces;
        SideOf Lay(Side side, ResolvedPerimeter? perimeter) => new(side, RootIds(side, carriers), perimeter is null ? null : MemberIds(perimeter, known, carriers), perimeter);
        return new Asked(indicator, question with { With = country?.Value, Filters = filters.Value }, hold)
        {
            A = Lay(a.Value, first), B = b is null ? null : Lay(b.Value.Value, second), NoPerimeter = reason?.Message, Places = places?.Value,
        };
    }

    static bool Same(AskedOrganisation a, AskedOrganisation b) => a == b || (a.Ror is not null && a.Ror == b.Ror);

    internal static Refusal Twice(Side side) => Refusal.Usage("same-organisation",
        $"Both sides are {side.Name}: a pair is of two organisations.", $"Les deux côtés sont {side.Name}\u202F: une paire est de deux organisations.", "between");

    static List<long> RootIds(Side side, Carriers carriers) =>
        [.. side.OpenAlex.Concat(side.Organisation.Ror is { } ror ? carriers.IdsOf(ror) : []).Distinct().Order()];

    internal static List<long> MemberIds(ResolvedPerimeter perimeter, KnownOrganisations known, Carriers carriers) =>
        [.. perimeter.Members.SelectMany(ror => carriers.IdsOf(ror).Concat(known.OpenAlexOf(ror))).Distinct().Order()];

    /// <summary>A question exactly as a receipt asked it: with the receipt's own ids, whatever the portfolio says today.</summary>
    /// <param name="places">where institutions are by the release that the receipt names</param>
    public static Asked FromReceipt(Indicator indicator, Receipt receipt, HeldVintage vintage, RorPlaces? places)
    {
        var window = receipt.Filters is { FirstYear: { } first, LastYear: { } last } ? (Years?)new Years(first, last) : null;
        var question = new Question(receipt.Figure)
        {
            Years = window, Membership = receipt.Membership, Counting = receipt.Counting, With = receipt.Filters.With, Filters = receipt.Filters.Among, Kilometres = receipt.Places?.Kilometres, Vintage = vintage.Manifest.Id,
        };
        return new Asked(indicator, question, vintage)
        {
            A = Lay(receipt.Organisations[0]),
            B = receipt.Organisations.Count > 1 ? Lay(receipt.Organisations[1]) : null,
            Places = places,
        };
    }

    static SideOf Lay(ReceiptOrganisation told)
    {
        long[] ids = [.. told.OpenAlex.Select(KnownOrganisations.OpenAlexNumber)];
        return new(new(new(told.Key, told.Ror, told.Name), ids, told.Pics ?? []), ids, ids, null);
    }

    /// <summary>The ids of a side as receipts write them.</summary>
    public static IReadOnlyList<string> Written(IEnumerable<long> ids) => [.. ids.Select(id => string.Create(CultureInfo.InvariantCulture, $"I{id}")).Order(StringComparer.Ordinal)];

    public void Dispose() => _hold.Dispose();
}
