using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Works;

namespace Entente.Core.Tests.Evidence.ClickHouse;

/// <summary>Figures drawn at random over everything that a question may say. The same seed draws the same.</summary>
sealed class RandomQuestions
{
    static readonly string[] Countries = ["FR", "GB", "JP", "US", "CN", "DE"];

    readonly Random _draw;
    readonly string _vintage;
    readonly IReadOnlyList<string> _organisations;
    readonly (int First, int Last) _years;
    readonly IReadOnlyList<Topic> _topics;
    readonly IReadOnlyList<string> _types;
    readonly IReadOnlyList<long> _funders;

    /// <summary>A vintage of projects, of RandomProjects' organisations, to ask about too.</summary>
    public Manifest? Projects { get; init; }

    public RandomQuestions(DataFolder folder, Manifest vintage, IReadOnlyList<string> keys, int seed)
    {
        (_draw, _vintage, _years) = (new(seed), vintage.Id, (vintage.FirstYear ?? 2000, vintage.LastYear ?? 2020));
        using var store = Vintages.OpenWorks(folder, vintage);
        var known = store.DistinctUnits.Where(u => u.Ror is { Length: 9 }).Select(u => u.Ror!).Distinct().ToList();
        // Those that stand above many come as often as all the others together.
        var large = store.DistinctUnits.Where(u => u.Ror is { Length: 9 }).SelectMany(u => u.Lineage.Length > 0 ? u.Lineage : [u.Id]).GroupBy(id => id)
            .OrderByDescending(g => g.Count()).Take(20).SelectMany(g => store.DistinctUnits.Where(u => u.Id == g.Key && u.Ror is { Length: 9 }).Take(1)).Select(u => u.Ror!);
        _organisations = [.. keys, .. keys, .. keys, .. large, .. Enumerable.Range(0, 30).Select(_ => known[_draw.Next(known.Count)])];
        _topics = [.. store.Taxonomy.Topics.OrderBy(t => t.Id)];
        _types = [.. store.Segments.SelectMany(s => s.TypeNames).Where(t => t.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        _funders = [.. store.Segments.SelectMany(s => s.Funders is { } funders ? funders.Ids.ToArray() : []).Distinct().Order()];
    }

    public Question Next() => Next(One([.. Indicators.All.Where(i => !i.IsProjects || Projects is not null)]));

    public Question Next(Indicator indicator)
    {
        if (indicator.IsProjects) return RandomProjects.Draw(_draw, Projects!.Id);
        var pair = indicator.Needs.HasFlag(Needs.Pair) || (indicator.AlsoOfPair && Chance(2));
        return new(indicator.Key)
        {
            Vintage = _vintage,
            A = One(_organisations),
            B = pair ? One(_organisations) : null,
            With = indicator.Needs.HasFlag(Needs.Country) ? One(Countries) : null,
            Years = !indicator.Needs.HasFlag(Needs.Window) && Chance(3) ? null : Window(),
            Membership = (Membership)_draw.Next(3),
            Counting = pair ? Counting.Full : One(indicator.Countings),
            Kilometres = indicator.Kilometres is not null && Chance(2) ? _draw.Next(1, 12_000) : null,
            Filters = Subject(indicator.Needs, Chance(2) ? Filters.None : Among()),
        };
    }

    // Some figures are about a field or a goal, and are asked with one.
    Filters Subject(Needs needs, Filters filters) => needs.HasFlag(Needs.Goal) ? filters with { Goal = _draw.Next(1, 18) }
        : needs.HasFlag(Needs.Subject) && !filters.HasSubject ? Placed(filters) : filters;

    Filters Among()
    {
        var filters = Chance(3) ? Placed(Filters.None) : Filters.None;
        if (Chance(4)) filters = filters with { Types = string.Join(',', Enumerable.Range(0, 2).Select(_ => One(_types)).Distinct().Order(StringComparer.Ordinal)) };
        if (Chance(5)) filters = filters with { Goal = _draw.Next(1, 18) };
        if (Chance(5) && _funders.Count > 0) filters = filters with { Funder = $"F{One(_funders)}" };
        if (Chance(4)) filters = filters with { OpenAccess = Chance(2) };
        if (Chance(6)) filters = filters with { Corpus = Chance(2) ? "core" : "expansion" };
        if (Chance(5)) filters = filters with { AuthorsMax = _draw.Next(1, 60) };
        return Chance(5) ? filters with { WithRetracted = true } : filters;
    }

    Filters Placed(Filters filters)
    {
        if (_topics.Count == 0) return filters;
        var topic = One(_topics);
        return _draw.Next(4) switch
        {
            0 => filters with { Topic = Number(topic.Id) },
            1 when topic.Subfield > 0 => filters with { Subfield = Number(topic.Subfield) },
            2 when topic.Field > 0 => filters with { Field = Number(topic.Field) },
            _ => topic.Domain > 0 ? filters with { Domain = Number(topic.Domain) } : filters with { Topic = Number(topic.Id) },
        };
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    bool Chance(int oneIn) => _draw.Next(oneIn) == 0;

    T One<T>(IReadOnlyList<T> among) => among[_draw.Next(among.Count)];

    Years Window()
    {
        var first = _draw.Next(_years.First - 1, _years.Last + 1);
        return new(first, Math.Min(first + _draw.Next(12), _years.Last + 2));
    }
}
