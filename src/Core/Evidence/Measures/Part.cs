using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Measures;

/// <summary>
/// A set of works that a formula counts: how the engine finds it, and how the query of a receipt does. Of sets as large as the
/// frame the digest holds the count and not the ids: vintage and filters fix them.
/// </summary>
sealed record Part(string Name, Said Label, Func<Scene, SetOfWorks> Works, string Sql)
{
    public bool ByCount { get; init; }

    /// <summary>Whether the query needs the countries of institutions.</summary>
    public bool NeedsCountries { get; init; }

    /// <summary>Of figures that one organisation or a pair is asked for: the query of a pair. Null where it is the same.</summary>
    public string? SqlOfPair { get; init; }
}

/// <summary>The sets that formulas are made of.</summary>
static class Parts
{
    const string OfA = "select distinct work from seen where side = 'A'", OfB = "select distinct work from seen where side = 'B'";
    const string OfBoth = "select work from seen group by work having count(distinct side) = 2";
    const string Abroad = "select work from located group by work having count(distinct country) > 1";
    const string OfSubject = "select work from subject";

    public static Part Joint { get; } = new("joint", new("works of both", "publications des deux"), s => s.A.Works.And(s.B!.Works), OfBoth);
    public static Part A { get; } = new("a", new("works of A", "publications de A"), s => s.A.Works, OfA);
    public static Part B { get; } = new("b", new("works of B", "publications de B"), s => s.B!.Works, OfB);

    /// <summary>All works that may be counted: the N of expectations.</summary>
    public static Part Frame { get; } = new("frame", new("works of the frame", "publications du cadre"), s => s.Frame.Passing, "select id as work from passing") { ByCount = true };

    /// <summary>The works of the one who is asked for: of A, or of both of a pair.</summary>
    public static Part Own { get; } = new("own", new("works", "publications"), Asked, OfA) { SqlOfPair = OfBoth };

    public static Part OwnSubject { get; } = new("own_subject", new("works of the subject", "publications du sujet"), s => Asked(s).And(s.Subject!), $"from ({OfA}) intersect from ({OfSubject})")
    {
        SqlOfPair = $"from ({OfBoth}) intersect from ({OfSubject})",
    };

    /// <summary>Works with more authors than the figure asks for, or with a cut list.</summary>
    public static Part OwnHyper { get; } = new("own_hyper", new("works of more authors", "publications de plus d’auteurs"), s => Asked(s).Except(s.Subject!), $"from ({OfA}) except from ({OfSubject})")
    {
        SqlOfPair = $"from ({OfBoth}) except from ({OfSubject})",
    };

    public static Part ASubject { get; } = new("a_subject", new("works of A in the subject", "publications de A dans le sujet"), s => s.A.Works.And(s.Subject!), $"from ({OfA}) intersect from ({OfSubject})");
    public static Part BSubject { get; } = new("b_subject", new("works of B in the subject", "publications de B dans le sujet"), s => s.B!.Works.And(s.Subject!), $"from ({OfB}) intersect from ({OfSubject})");
    public static Part JointSubject { get; } = new("joint_subject", new("works of both in the subject", "publications des deux dans le sujet"), s => s.A.Works.And(s.B!.Works).And(s.Subject!), $"from ({OfBoth}) intersect from ({OfSubject})");
    public static Part FrameSubject { get; } = new("frame_subject", new("works of the frame in the subject", "publications du cadre dans le sujet"), s => s.Subject!, OfSubject) { ByCount = true };

    public static Part JointInternational { get; } = Crossing("joint_international", new("international works of both", "publications internationales des deux"), s => s.A.Works.And(s.B!.Works), OfBoth);
    public static Part AInternational { get; } = Crossing("a_international", new("international works of A", "publications internationales de A"), s => s.A.Works, OfA);
    public static Part BInternational { get; } = Crossing("b_international", new("international works of B", "publications internationales de B"), s => s.B!.Works, OfB);
    public static Part International { get; } = new("international", new("international works of the frame", "publications internationales du cadre"), s => s.Holding.International, Abroad)
    {
        ByCount = true,
        NeedsCountries = true,
    };

    public static Part OwnInternational { get; } = OfCountries("own_international", new("international works", "publications internationales"), 2);
    public static Part OwnMultilateral { get; } = OfCountries("own_multilateral", new("works of three countries or more", "publications de trois pays ou plus"), 3);
    public static Part OwnQuadrilateral { get; } = OfCountries("own_quadrilateral", new("works of four countries or more", "publications de quatre pays ou plus"), 4);

    /// <summary>Works of A that the source flags as among the most cited tenth.</summary>
    public static Part OwnTopTenth { get; } = new("own_top10", new("works that OpenAlex flags", "publications qu’OpenAlex signale"),
        s => Asked(s).And(s.Holding.Flagged(Engine.Works.WorkFlags.TopTenPercent)), $"from ({OfA}) intersect select id as work from passing where coalesce(citation_normalized_percentile.is_in_top_10_percent, false)")
    {
        SqlOfPair = $"from ({OfBoth}) intersect select id as work from passing where coalesce(citation_normalized_percentile.is_in_top_10_percent, false)",
    };

    /// <summary>Joint works that only a joint unit or a double affiliation makes joint.</summary>
    public static Part Structural { get; } = new("structural", new("structural works", "publications structurelles"),
        s => s.A.Works.And(s.B!.Works).And(s.Frame.Passing) is var joint ? joint.Except(s.TwoAuthors(joint)) : null!,
        $"{OfBoth} except select x.work from seen x join seen y on x.work = y.work and x.author <> y.author and x.side = 'A' and y.side = 'B'");

    static SetOfWorks Asked(Scene scene) => scene.B is null ? scene.A.Works : scene.A.Works.And(scene.B.Works);

    static Part OfCountries(string name, Said label, int atLeast)
    {
        var several = $"select work from located group by work having count(distinct country) > {atLeast - 1}";
        return new(name, label, s => Asked(s).And(s.Holding.OfCountries(atLeast)), $"from ({OfA}) intersect from ({several})")
        {
            NeedsCountries = true, SqlOfPair = $"from ({OfBoth}) intersect from ({several})",
        };
    }

    static Part Crossing(string name, Said label, Func<Scene, SetOfWorks> works, string sql) =>
        new(name, label, s => works(s).And(s.Holding.International), $"from ({sql}) intersect from ({Abroad})") { NeedsCountries = true };
}
