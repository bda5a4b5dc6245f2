using System.Globalization;
using System.Text;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Bench.Scale;

/// <summary>The five questions asked of the engine in process, and the answers in the one form in which engines are compared.</summary>
sealed class EngineSide : IDisposable
{
    public const int A = 1, B = 4, Recent = 2021, Partners = 50, Cells = 20;

    readonly WorksStore store;
    readonly UnitSet a, b;
    readonly WorkSet worksOfA, worksOfB, none;

    public EngineSide(FactStore facts)
    {
        store = WorksStore.Open(facts.Folder, Directory.GetFiles(facts.Folder).Select(file => Path.GetFileName(file)));
        (a, b) = (FactStore.Of(store, A), FactStore.Of(store, B));
        (worksOfA, worksOfB, none) = (Select.Listing(store, a), Select.Listing(store, b), Select.Listing(store, UnitSet.Of(store, _ => false)));
    }

    public static int Country(Unit unit) => unit.Country is { } code ? (code[0] - 'A') * 26 + code[1] - 'A' : -1;

    EgoView Look(WorkFilter filter) => new(Ego.Of(a, Country), filter);

    public long EgoBytes => store.Egos.Bytes;

    /// <summary>What each question is asked by; each call answers it anew.</summary>
    public IEnumerable<(char Key, Func<object> Ask)> Questions() =>
    [
        ('a', () => Look(WorkFilter.None).CountByYear(b, Facts.FirstYear, Facts.LastYear)),
        // Told anew each time, so that the store does not know it again and keep what the two share.
        ('l', () => worksOfA.Except(none).And(worksOfB).CountByYear(Facts.FirstYear, Facts.LastYear)),
        ('b', () => Look(WorkFilter.None).CountByGroupAndYear(Facts.FirstYear, Facts.LastYear)),
        ('c', () => Look(new WorkFilter { FirstYear = Recent }).TopPartners(Partners)),
        ('d', () => (Look(WorkFilter.None).SeveralGroupsByYear(Facts.FirstYear, Facts.LastYear), Look(WorkFilter.None).CountByYear(Facts.FirstYear, Facts.LastYear))),
        ('e', () => Look(WorkFilter.None).TopicsByPartner(Partners, Cells)),
    ];

    public Dictionary<char, string> Answers()
    {
        var answers = new Dictionary<char, string>();
        var look = Look(WorkFilter.None);
        answers['a'] = Write(look.CountByYear(b, Facts.FirstYear, Facts.LastYear).Index().Where(y => y.Item > 0).Select(y => $"{Facts.FirstYear + y.Index} {y.Item}"));
        answers['l'] = Write(worksOfA.And(worksOfB).CountByYear(Facts.FirstYear, Facts.LastYear).Index().Where(y => y.Item > 0).Select(y => $"{Facts.FirstYear + y.Index} {y.Item}"));
        if (answers['a'] != answers['l']) throw new InvalidOperationException("The ego copy and the lists of works count a pair differently. Nothing is timed.");
        answers['b'] = Write(look.CountByGroupAndYear(Facts.FirstYear, Facts.LastYear).SelectMany(country => country.ByYear.Index().Where(y => y.Item > 0).Select(y => $"{country.Group} {Facts.FirstYear + y.Index} {y.Item}")));
        answers['c'] = Write(Look(new WorkFilter { FirstYear = Recent }).TopPartners(Partners).Select(partner => $"{partner.Id} {partner.Works}"));
        var (several, all) = (look.SeveralGroupsByYear(Facts.FirstYear, Facts.LastYear), look.CountByYear(Facts.FirstYear, Facts.LastYear));
        answers['d'] = Write(all.Index().Where(y => y.Item > 0).Select(y => $"{Facts.FirstYear + y.Index} {several[y.Index]} {y.Item}"));
        var topics = look.TopicsByPartner(Partners, Cells);
        answers['e'] = Write([Sum(topics.Observed, topics.Expected), .. topics.Most.Select(cell => Cell(cell.Partner, cell.Topic, cell.Observed, cell.Expected))]);
        return answers;
    }

    /// <summary>Expectations are sums of fractions, which engines add in their own order: they are compared to nine digits.</summary>
    public static string Sum(long observed, double expected) => string.Create(CultureInfo.InvariantCulture, $"{observed} {expected:G9}");

    public static string Cell(long partner, long topic, long observed, double expected) => string.Create(CultureInfo.InvariantCulture, $"{partner} {topic} {observed} {expected:G9}");

    public static string Write(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines) text.Append(line).Append('\n');
        return text.ToString();
    }

    public void Dispose() => store.Dispose();
}
