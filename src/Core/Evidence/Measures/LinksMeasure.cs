using Entente.Engine.Query;

namespace Entente.Core.Evidence.Measures;

/// <summary>
/// The affinity of a pair on the matrix of links: c(A,B) · c(.,.) / (c(A,.) · c(B,.)), the diagonal left out. A and B are one node
/// each, every other institution with an id is one; a work links every two of its nodes.
/// </summary>
sealed class LinksMeasure(Scene scene) : Measure(scene)
{
    protected override SetOfWorks Candidates => field ??= Scene.A.Works.And(Scene.B!.Works);

    public override double? Value => Of(Links.Whole);

    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted, Scene.A.Works.And(Frame.Passing), Scene.B!.Works.And(Frame.Passing), Frame.Passing];

    public override double? Together(Measure other) => Of(Links.Whole.Plus(((LinksMeasure)other).Links.Whole));

    public override Bounds Bounds => Truncated == 0 ? new(Value, Value) : new(null, null);

    protected override long Truncated => Frame.Truncated.Count;

    double? Of(LinkCount links) => Scene.Indicator.Key switch
    {
        "affinity-symmetric" => Affinity(links) is { } affinity ? (affinity - 1) / (affinity + 1) : null,
        "affinity-symmetric-squares" => Affinity(links) is { } affinity ? (affinity * affinity - 1) / (affinity * affinity + 1) : null,
        _ => Affinity(links),
    };

    static double? Affinity(LinkCount links) => links.OfA == 0 || links.OfB == 0 ? null : links.Joint * (double)links.Twice / (links.OfA * (double)links.OfB);

    /// <summary>
    /// All links of the frame are counted once without sides; a pair's works alone are counted again, with A and B as one node each.
    /// </summary>
    Merged Links => field ??= Scene.Holding.KeepTable((Scene.A.Key, Scene.B!.Key, Frame.Key, "links"), () =>
    {
        var near = Frame.Passing.And(Scene.A.Works.Or(Scene.B!.Works));
        return new Merged(
            Scene.Holding.KeepTable((Frame.Key, "links"), () => Scene.Holding.Links(Frame.Passing, null)),
            Scene.Holding.Links(near, null), Scene.Holding.Links(near, (Scene.A, Scene.B)));
    });

    sealed record Merged(Linked All, Linked Near, Linked Sided)
    {
        public LinkCount Whole => Put(All.Whole, Near.Whole, Sided.Whole);

        public LinkCount OfYear(int year) => Put(All.OfYear(year), Near.OfYear(year), Sided.OfYear(year));

        static LinkCount Put(LinkCount all, LinkCount near, LinkCount sided) => sided with { Twice = all.Twice - near.Twice + sided.Twice };
    }

    public override IReadOnlyList<Detail> Details() =>
    [
        new("joint", new("works of both", "publications des deux"), Links.Whole.Joint, "works"),
        new("links_a", new("links of A", "liens de A"), Links.Whole.OfA, "links"),
        new("links_b", new("links of B", "liens de B"), Links.Whole.OfB, "links"),
        new("links", new("all links, each twice", "tous les liens, chacun deux fois"), Links.Whole.Twice, "links"),
    ];

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(year => new YearValue(year, Of(Links.OfYear(year))))];

    public override string Digest()
    {
        using var hash = new DigestText();
        hash.Ids(Counted);
        hash.Blank();
        hash.Line($"links_a\t{Links.Whole.OfA}");
        hash.Line($"links_b\t{Links.Whole.OfB}");
        hash.Line($"links\t{Links.Whole.Twice}");
        return hash.Finish();
    }
}
