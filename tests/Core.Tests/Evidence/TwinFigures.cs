using Entente.Core.Evidence;
using Entente.Core.Evidence.Ror;

namespace Entente.Core.Tests.Evidence;

/// <summary>
/// Every figure of the catalogue as a sentence over lists of works, under any filters: what REFERENCE 4 says, written down a second
/// time without sets, postings, strata or sums that are kept.
/// </summary>
sealed class TwinFigures
{
    readonly List<Twin.Work> _works;
    readonly Func<Twin.Work, Twin.Facts?> _place;

    readonly IReadOnlyDictionary<string, RorPlace> _towns;

    /// <param name="towns">where institutions are, by ROR id</param>
    public TwinFigures(Twin twin, IReadOnlyDictionary<string, RorPlace> towns)
    {
        (_works, _towns) = (twin.Works, towns);
        // A topic lies where the newest record places it.
        var places = _works.Where(w => w.Facts.Topic > 0).GroupBy(w => w.Facts.Topic).ToDictionary(g => g.Key, g => g.MaxBy(w => w.Facts.Updated, StringComparer.Ordinal)!.Facts);
        _place = work => places.GetValueOrDefault(work.Facts.Topic);
    }

    TwinFigures(List<Twin.Work> works, Func<Twin.Work, Twin.Facts?> place, IReadOnlyDictionary<string, RorPlace> towns) => (_works, _place, _towns) = (works, place, towns);

    /// <summary>The works of one that are told, each as it is described there.</summary>
    public TwinFigures Only(Func<string, bool> told) => new(_works.FindAll(work => told(work.Id)), _place, _towns);

    /// <summary>The works of both, each as the one describes it that it is of.</summary>
    public TwinFigures And(TwinFigures other)
    {
        var own = new HashSet<Twin.Work>(_works, ReferenceEqualityComparer.Instance);
        return new([.. _works, .. other._works], work => own.Contains(work) ? _place(work) : other._place(work), _towns);
    }

    public double? Value(Question question, Twin.Belongs a, Twin.Belongs? b) => new Asked(this, question, a, b).Value();

    int Field(Twin.Work work) => _place(work)?.Field ?? 0;

    bool Of(Twin.Work work, Filters filters)
    {
        var place = _place(work);
        bool At(string? asked, int? number) => asked is null || (number > 0 && number == int.Parse(asked, System.Globalization.CultureInfo.InvariantCulture));
        return At(filters.Topic, place?.Topic) && At(filters.Subfield, place?.Subfield) && At(filters.Field, place?.Field) && At(filters.Domain, place?.Domain)
            && (filters.Goal is not { } goal || work.Facts.Goals.Contains(goal));
    }

    bool Passes(Twin.Work work, Filters filters, bool byPlace, bool byAuthors) => (work.Retracted ? filters.WithRetracted : !work.Paratext)
        && (!byPlace || Of(work, filters))
        && (filters.Types is null || filters.Types.Split(',').Contains(work.Facts.Type))
        && (filters.Funder is null || work.Facts.Funders.Contains(filters.Funder))
        && (filters.OpenAccess is null || work.Facts.Open == filters.OpenAccess)
        && (filters.Corpus is null || work.Facts.Expansion == (filters.Corpus == "expansion"))
        && (!byAuthors || filters.AuthorsMax is not { } most || (work.Authors.Count <= most && !work.Truncated));

    /// <summary>One question: the works of its frame, of A, of B and of both.</summary>
    sealed class Asked
    {
        readonly TwinFigures _of;
        readonly Question _question;
        readonly Twin.Belongs _a;
        readonly Twin.Belongs? _b;
        readonly List<Twin.Work> _frame, _ofA, _ofB, _joint, _own;

        public Asked(TwinFigures of, Question question, Twin.Belongs a, Twin.Belongs? b)
        {
            (_of, _question, _a, _b) = (of, question, a, b);
            var about = (Indicators.Find(question.Figure).Value.Needs & (Needs.Subject | Needs.Goal)) != 0;
            _frame = [.. of._works.Where(w => Twin.Inside(w, question.Years) && of.Passes(w, question.Filters, !about, question.Figure != "hyper-authorship"))];
            _ofA = [.. _frame.Where(w => Twin.Lists(w, a))];
            _ofB = b is null ? [] : [.. _frame.Where(w => Twin.Lists(w, b))];
            _joint = [.. _ofA.Where(_ofB.Contains)];
            _own = b is null ? _ofA : _joint;
        }

        static bool International(Twin.Work work) => Twin.CountriesOf(work).Count > 1;

        static bool Several(Twin.Work work) => work.All.Select(i => i.Id).Distinct().Count() > 1;

        static bool Industrial(Twin.Work work) => work.All.Any(i => i.Type == "company");

        bool With(Twin.Work work) => Twin.CountriesOf(work).Contains(_question.With!);

        bool Subject(Twin.Work work) => _of.Of(work, _question.Filters);

        bool Hyper(Twin.Work work) => work.Truncated || work.Authors.Count > (_question.Filters.AuthorsMax ?? 100);

        static double? Over(double part, double whole) => whole == 0 ? null : part / whole;

        static double? Share(IEnumerable<Twin.Work> whole, Func<Twin.Work, bool> part) => whole.ToList() is var all ? Over(all.Count(part), all.Count) : null;

        double? Weighted(Func<Twin.Work, bool> part) => Over(_ofA.Where(part).Sum(Weight), _ofA.Sum(Weight));

        double Weight(Twin.Work work) => Twin.Weight(work, _a, _question.Counting);

        public double? Value() => _question.Figure switch
        {
            "co-publications" => _joint.Count,
            "output" => _ofA.Sum(Weight),
            "international-share" => Weighted(International),
            "collaboration-share" => Weighted(Several),
            "industry-share" => Weighted(Industrial),
            "multilateral-share" => Share(_own.Where(International), w => Twin.CountriesOf(w).Count > 2),
            "country-share" => Share(_ofA, With),
            "partner-share" => Share(_ofA.Where(With), _ofB.Contains),
            "partners" => _ofA.SelectMany(w => w.All).Where(i => !_a(i) && i.Id.StartsWith('I')).Select(i => i.Id).Distinct().Count(),
            "international-partner-share" => Share(_ofA.Where(International), _ofB.Contains),
            "structural-share" => Share(_joint, w => !Twin.Distinct(w, _a, _b!)),
            "hyper-authorship" => Share(_own, Hyper),
            "subject-share" or "goal-share" => Share(_own, Subject),
            "openalex-top-tenth" => Share(_own, w => w.Facts.TopTenth),
            "growth" => Growth(),
            "collaboration-distance" => Mean(_own.Select(w => Twin.Metres(w, _of._towns)).OfType<long>().Select(metres => metres / 1000.0)),
            "long-distance-share" => Share(_own.Where(w => Twin.Metres(w, _of._towns) is not null), w => Twin.Metres(w, _of._towns) >= 1000 * (_question.Kilometres ?? 1000)),
            "mcs" => Mean(_own.Select(w => (double)w.Facts.Citations)),
            "fwci-mean" => Mean(_own.Select(w => w.Facts.Fwci).OfType<double>().Select(fwci => Math.Round((float)fwci * 1e6) / 1e6)),
            "mncs" => ByPart(w => w.Facts.Citations / MeanOf(Alike(w))),
            "collaboration-mncs" => ByPart(w => w.Facts.Citations / MeanOf([.. Alike(w).Where(other => Makers(other) == Makers(w))])),
            "top-tenth" => ByPart(w => InTopTenth(w.Facts.Citations, [.. Alike(w).Select(l => l.Facts.Citations)])),
            "activity-index" or "relative-specialisation" or "f-measure" or "joint-specialisation" => Specialisation(),
            _ => Similarity(),
        };

        // A weight that is nothing but rounding is none.
        double? ByPart(Func<Twin.Work, double> amount) => Over(_own.Sum(w => Weight(w) * amount(w)), _own.Sum(Weight));

        static double? Mean(IEnumerable<double> values) => values.ToList() is { Count: > 0 } some ? some.Average() : null;

        double? Growth()
        {
            var (first, last) = (_question.Years!.Value.First, _question.Years.Value.Last);
            var (from, to) = (_own.Count(w => w.Year == first), _own.Count(w => w.Year == last));
            return from == 0 || first == last ? null : Math.Pow((double)to / from, 1.0 / (last - first)) - 1;
        }

        // Works of the same field, type and year.
        List<Twin.Work> Alike(Twin.Work work) => [.. _frame.Where(w => _of.Field(w) == _of.Field(work) && w.Facts.Type == work.Facts.Type && w.Year == work.Year)];

        static int Makers(Twin.Work work) => Several(work) ? Math.Clamp(Twin.CountriesOf(work).Count, 1, 4) : 0;

        static double MeanOf(List<Twin.Work> works) => works.Average(w => w.Facts.Citations) is var mean and > 0 ? mean : 1;

        /// <summary>The works in a row, least cited first: of how much of its place a work at this level lies in the last tenth, on average.</summary>
        static double InTopTenth(int citations, List<int> world)
        {
            var (below, here) = (world.Count(c => c < citations), world.Count(c => c == citations));
            return Math.Clamp(below + here - 0.9 * world.Count, 0, here) / here;
        }

        double? Similarity()
        {
            double joint = _joint.Count, ofA = _ofA.Count, ofB = _ofB.Count;
            return _question.Figure switch
            {
                "salton" => Over(joint, Math.Sqrt(ofA * ofB)),
                "jaccard" => ofA * ofB == 0 ? null : Over(joint, ofA + ofB - joint),
                "inclusion" => Over(joint, Math.Min(ofA, ofB)),
                "equivalence" => Over(joint * joint, ofA * ofB),
                "association-bibliometrix" => Over(joint, ofA * ofB),
                "association-cwts" or "affinity" => Affinity(),
                "affinity-symmetric" => Affinity() is { } x ? (x - 1) / (x + 1) : null,
                "affinity-symmetric-squares" => Affinity() is { } x ? (x * x - 1) / (x * x + 1) : null,
                "affinity-index" => Share(_ofA.Where(International), _ofB.Contains) is { } ours && Share(_frame.Where(International).Except(_ofA), _ofB.Contains) is { } others ? Over(ours, others) : null,
                "expected-co-publications" => Expected(),
                "observed-expected" => Over(joint, Expected()),
                var figure => throw new NotSupportedException(figure),
            };
        }

        double Expected() => _frame.GroupBy(_of.Field).Sum(field => (double)_ofA.Count(w => _of.Field(w) == field.Key) * _ofB.Count(w => _of.Field(w) == field.Key) / field.Count());

        // The matrix of links, one by one.
        double? Affinity()
        {
            double joint = 0, ofA = 0, ofB = 0, all = 0;
            foreach (var work in _frame)
            {
                var nodes = work.All.Where(i => !_a(i) && !_b!(i) && i.Id.StartsWith('I')).Select(i => i.Id).Distinct().ToList();
                if (_ofA.Contains(work)) nodes.Add("A");
                if (_ofB.Contains(work)) nodes.Add("B");
                foreach (var from in nodes)
                    foreach (var to in nodes.Where(n => n != from))
                    {
                        all++;
                        if (from == "A") ofA++;
                        if (from == "B") ofB++;
                        if (from == "A" && to == "B") joint++;
                    }
            }
            return Over(joint * all, ofA * ofB);
        }

        double? Specialisation()
        {
            var (own, subject, world) = ((double)_own.Count, (double)_own.Count(Subject), (double)_frame.Count(Subject));
            if (_question.Figure == "f-measure") return Over(2 * subject, own + world);
            // Below an expected count of five an index says nothing.
            if (_frame.Count == 0 || world * own / _frame.Count < 5) return null;
            var activity = Over(subject / own, world / _frame.Count);
            return _question.Figure == "relative-specialisation" ? (activity - 1) / (activity + 1) : activity;
        }
    }
}
