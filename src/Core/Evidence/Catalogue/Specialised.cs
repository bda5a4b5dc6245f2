using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Catalogue;

/// <summary>What somebody does more than others, and how much of the work is about something (REFERENCE 4.4 and 4.6).</summary>
static class Specialised
{
    /// <summary>Below this expected count an index says nothing, and is not given.</summary>
    const double LeastExpected = 5;

    static readonly Part[] Base = [Parts.ASubject, Parts.A, Parts.FrameSubject, Parts.Frame];

    static readonly Said Suppressed = new("where the expected count, (works of the baseline in the subject) × (own works) / (works of the baseline), is below 5",
        "où le nombre attendu, (publications de la base dans le sujet) × (publications propres) / (publications de la base), est inférieur à 5");

    static readonly Said AsAll = new("0 or more; 1 is as the baseline", "dès 0\u202F; 1 est comme la base");

    static readonly Said Kept = new(
        "The baseline is every work of the frame. The index is given with its counts, and not at all where the expected count is below 5.",
        "La base est toute publication du cadre. L’indice est donné avec ses comptes, et pas du tout où le nombre attendu est inférieur à 5.");

    const string Expected = "frame_subject::double * a / nullif(frame, 0)";
    const string Activity = "((a_subject / nullif(a, 0)) / nullif(frame_subject / nullif(frame, 0), 0))";

    internal static double? Index(double own, double all, double subject, double frame) =>
        frame == 0 || subject * all / frame < LeastExpected || all == 0 || subject == 0 ? null : own / all / (subject / frame);

    static double? Index(Counts c) => Index(c[Parts.ASubject], c[Parts.A], c[Parts.FrameSubject], c[Parts.Frame]);

    static Bounds Bounded(Scene s, Counts c, Func<double, double> then)
    {
        if (Index(c) is null) return new(null, null);
        var share = Measures.ShareBounds.Known(c[Parts.ASubject], c[Parts.A], s.Frame.Truncated.Except(s.A.Works), s.Subject!);
        var world = c[Parts.FrameSubject] / c[Parts.Frame];
        return new(share.Lower is { } low ? then(low / world) : null, share.Upper is { } high ? then(high / world) : null);
    }

    static IEnumerable<Detail> Waited(Counts c) => [new("expected", new("expected works of A in the subject", "publications de A attendues dans le sujet"), Counts.Ratio(c[Parts.FrameSubject] * c[Parts.A], c[Parts.Frame]), "works")];

    static Indicator Of(string key, Said name, Said meaning, Said definition, string formula, Said range, Tally tally, Said vector, params Reference[] sources) => new()
    {
        Key = key, Version = 1, Unit = "index", Needs = Needs.One | Needs.Subject, Countings = [Counting.Full], Family = Family.Specialisation,
        Name = name, Meaning = meaning, Definition = definition, Formula = formula, Range = range, Tally = tally, TestVector = vector, Sources = sources, Nulls = Suppressed,
        Bounds = new("The least and the most that the truncated works outside A allow: their subjects are known, and each may turn out to be of A.",
            "Le moins et le plus que permettent les publications tronquées hors de A\u202F: leur sujet est connu, et chacune peut se révéler de A."),
        Caveats = [Kept, Wording.FrameCaveat], Example = $"entente figure {key} --of cnrs --field 31",
    };

    public static IReadOnlyList<Indicator> All { get; } =
    [
        Of("activity-index", new("Activity index", "Indice d’activité"),
            new("How many times more of A’s work is about it than of everybody’s.", "Combien de fois plus le travail de A porte sur lui que celui de tous."),
            new("The share of A’s works that are of the subject, over the share of all works that are.", "La part des publications de A qui sont du sujet, rapportée à celle de toutes les publications."),
            "AI = (n(A,f) / n(A)) / (n(f) / N)", AsAll,
            new(Base, Index, $"case when {Expected} >= 5 then {Activity} end") { Details = Waited, Bounds = (s, c) => Bounded(s, c, x => x) },
            new("30 of 200 in the field, world 500 of 10,000: (30 / 200) / (500 / 10,000) = 3", "30 sur 200 dans le champ, monde 500 sur 10\u202F000\u202F: (30 / 200) / (500 / 10\u202F000) = 3"), References.Frame, References.SchubertBraun),
        Of("relative-specialisation", new("Relative specialisation index", "Indice de spécialisation relative"),
            new("The activity index on a scale from −1 to 1.", "L’indice d’activité sur une échelle de −1 à 1."),
            new("(AI − 1) / (AI + 1) of the activity index.", "(AI − 1) / (AI + 1) de l’indice d’activité."),
            "RSI = (AI − 1) / (AI + 1)", new("−1 (nothing) to 1; 0 is as everybody", "de −1 (rien) à 1\u202F; 0 est comme tous"),
            new(Base, c => Index(c) is { } ai ? (ai - 1) / (ai + 1) : null, $"case when {Expected} >= 5 then ({Activity} - 1) / ({Activity} + 1) end") { Details = Waited, Bounds = (s, c) => Bounded(s, c, x => (x - 1) / (x + 1)) },
            new("30 of 200 in the field, world 500 of 10,000: AI 3, (3 − 1) / (3 + 1) = 0.5", "30 sur 200 dans le champ, monde 500 sur 10\u202F000\u202F: AI 3, (3 − 1) / (3 + 1) = 0,5"), References.SchubertBraun, References.Stare) with
        {
            Caveats = [Kept, Wording.FrameCaveat, new("Its use is discouraged by Stare and Kejžar (2014): read the activity index itself.", "Stare et Kejžar (2014) en déconseillent l’usage\u202F: lisez l’indice d’activité lui-même.")],
        },
        Of("f-measure", new("F-measure of priority", "Mesure F de priorité"),
            new("How much A and the subject mean to each other, both ways at once.", "Combien A et le sujet comptent l’un pour l’autre, dans les deux sens à la fois."),
            new("The harmonic mean of A’s share of the subject and the subject’s share of A.", "La moyenne harmonique de la part de A dans le sujet et de la part du sujet dans A."),
            "F = 2 n(A,f) / (n(A) + n(f))", Wording.ShareRange,
            new([Parts.ASubject, Parts.A, Parts.FrameSubject], c => Counts.Ratio(2 * c[Parts.ASubject], c[Parts.A] + c[Parts.FrameSubject]), "2 * a_subject / nullif(a + frame_subject, 0)")
            {
                Bounds = (s, c) => Measures.ShareBounds.Known(2 * c[Parts.ASubject], c[Parts.A] + c[Parts.FrameSubject], s.Frame.Truncated.Except(s.A.Works), s.Subject!) is var known
                    && s.Frame.Truncated.Except(s.A.Works).And(s.Subject!).Count is var with ? known with { Upper = Counts.Ratio(2 * (c[Parts.ASubject] + with), c[Parts.A] + with + c[Parts.FrameSubject]) } : known,
            },
            new("30 of 200 in the field, world 500: 2 · 30 / (200 + 500) = 0.085714", "30 sur 200 dans le champ, monde 500\u202F: 2 · 30 / (200 + 500) = 0,085714"), References.FMeasure) with
        {
            Nulls = new("where A has no work and the subject none", "où A n’a pas de publication et le sujet non plus"), Caveats = [Wording.FrameCaveat],
        },
        Joint,
        new()
        {
            Key = "subject-share", Version = 1, Unit = "share", Needs = Needs.One | Needs.Subject, AlsoOfPair = true, Countings = [Counting.Full], Family = Family.Specialisation,
            Name = new("Share of a subject", "Part d’un sujet"),
            Meaning = new("How much of the work is about a topic, subfield, field or domain.", "Quelle part des publications porte sur un sujet, un sous-champ, un champ ou un domaine."),
            Definition = new("Works whose primary topic lies in the subject, over all works of A, or of A and B.", "Publications dont le sujet principal est dans ce qui est demandé, rapportées à celles de A, ou de A et B."),
            Formula = "|A ∩ S| / |A|", Range = Wording.ShareRange, Nulls = Wording.ShareNulls, Bounds = Wording.KnownBounds, Sources = [References.OpenAlex, References.Own],
            Example = "entente figure subject-share --of cnrs --field 31", TestVector = new("W1 to W5 of CNRS, two of them in the field: 2 / 5 = 0.4", "cinq publications du CNRS, dont deux dans le champ\u202F: 2 / 5 = 0,4"),
            Tally = Shared,
        },
        new()
        {
            Key = "goal-share", Version = 1, Unit = "share", Needs = Needs.One | Needs.Goal, AlsoOfPair = true, Countings = [Counting.Full], Family = Family.Goals, Variant = "openalex-aurora-0.4",
            Name = new("Share of a goal (SDG)", "Part d’un objectif (ODD)"),
            Meaning = new("How much of the work one labeller relates to one of the seventeen goals.", "Quelle part des publications un étiqueteur rapporte à l’un des dix-sept objectifs."),
            Definition = new(
                "Works that the source labels with the goal, over all works of A, or of A and B. Labeller: OpenAlex’s Aurora classifier, in the version of the vintage; threshold: a score of 0.4, 0.1 in older snapshots, applied by the source.",
                "Publications que la source étiquette de l’objectif, rapportées à celles de A, ou de A et B. Étiqueteur\u202F: le classifieur Aurora d’OpenAlex, dans la version du millésime\u202F; seuil\u202F: un score de 0,4, de 0,1 dans les anciens instantanés, appliqué par la source."),
            Formula = "|A ∩ G| / |A|", Range = Wording.ShareRange, Nulls = Wording.ShareNulls, Bounds = Wording.KnownBounds, Sources = [References.OpenAlex, References.Goals],
            Caveats =
            [
                new("Labellers agree weakly on single works: a share by one of them is that labeller’s, and is never set beside another’s.", "Les étiqueteurs s’accordent peu sur chaque publication\u202F: une part est celle de son étiqueteur, et ne se met jamais à côté de celle d’un autre."),
                new("The threshold has changed: two vintages may differ for that alone.", "Le seuil a changé\u202F: deux millésimes peuvent différer pour cela seul."),
            ],
            Example = "entente figure goal-share --of cnrs --goal 13", TestVector = new("of five works of CNRS, two labelled with goal 13: 2 / 5 = 0.4", "cinq publications du CNRS, dont deux étiquetées de l’objectif 13\u202F: 2 / 5 = 0,4"),
            Tally = Shared,
        },
    ];

    static Tally Shared => new([Parts.OwnSubject, Parts.Own], c => Counts.Ratio(c[Parts.OwnSubject], c[Parts.Own]), "own_subject / nullif(own, 0)")
    {
        Bounds = (s, c) => Measures.ShareBounds.Known(c[Parts.OwnSubject], c[Parts.Own], s.Frame.Truncated.Except(Parts.Own.Works(s)), s.Subject!),
    };

    static Indicator Joint => new()
    {
        Key = "joint-specialisation", Version = 1, Unit = "index", Needs = Needs.Pair | Needs.Subject, Countings = [Counting.Full], Family = Family.Specialisation,
        Name = new("Joint specialisation", "Spécialisation commune"),
        Meaning = new("How many times more of the joint work is about it than of everybody’s, of A’s and of B’s.", "Combien de fois plus le travail commun porte sur lui que celui de tous, de A et de B."),
        Definition = new(
            "The activity index of the works of A and B together, against three baselines: all works of the frame (the value), all works of A, all works of B.",
            "L’indice d’activité des publications de A et B ensemble, face à trois bases\u202F: toutes les publications du cadre (la valeur), toutes celles de A, toutes celles de B."),
        Formula = "(n(AB,f) / n(AB)) / (n(X,f) / n(X)), X the frame, A, B", Range = AsAll, Nulls = Suppressed, Bounds = Wording.NoBounds, Caveats = [Kept, Wording.FrameCaveat, Wording.Structural],
        Sources = [References.SchubertBraun, References.Own], Example = "entente figure joint-specialisation --between cnrs imperial --field 31",
        TestVector = new("30 of 200 joint works in the field; world 500 of 10,000, A 100 of 1,000, B 240 of 800: 3 against the world, 1.5 against A, 0.5 against B", "30 publications communes sur 200 dans le champ\u202F; monde 500 sur 10\u202F000, A 100 sur 1\u202F000, B 240 sur 800\u202F: 3 face au monde, 1,5 face à A, 0,5 face à B"),
        Tally = new([Parts.JointSubject, Parts.Joint, Parts.ASubject, Parts.A, Parts.BSubject, Parts.B, Parts.FrameSubject, Parts.Frame],
            c => Index(c[Parts.JointSubject], c[Parts.Joint], c[Parts.FrameSubject], c[Parts.Frame]),
            "case when frame_subject::double * joint / nullif(frame, 0) >= 5 then (joint_subject / nullif(joint, 0)) / (frame_subject / frame) end")
        {
            Details = c =>
            [
                new("against_a", new("against all works of A", "face à toutes les publications de A"), Index(c[Parts.JointSubject], c[Parts.Joint], c[Parts.ASubject], c[Parts.A]), "index"),
                new("against_b", new("against all works of B", "face à toutes les publications de B"), Index(c[Parts.JointSubject], c[Parts.Joint], c[Parts.BSubject], c[Parts.B]), "index"),
                new("expected", new("expected joint works in the subject", "publications communes attendues dans le sujet"), Counts.Ratio(c[Parts.FrameSubject] * c[Parts.Joint], c[Parts.Frame]), "works"),
            ],
        },
    };
}
