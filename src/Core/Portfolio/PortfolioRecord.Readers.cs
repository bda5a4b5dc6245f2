using System.Collections.Concurrent;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

public sealed partial class PortfolioRecord
{
    readonly ConcurrentDictionary<string, PortfolioRecord> _byReader = new(StringComparer.Ordinal);
    bool? _public;
    PortfolioRecord? _whole;

    /// <summary>
    /// The record as one reader may know it: rows of other audiences are not in it, nor what hangs on them, so that no page, count,
    /// list or search that starts from it can tell of them.
    /// </summary>
    public PortfolioRecord For(Actor reader)
    {
        if (reader.Operator || (_public ??= AllRows.All(row => row.Kind == AudienceKind.Public))) return this;
        var who = $"{reader.Account}|{string.Join(';', reader.Grants.Select(g => $"{g.Role},{g.Side},{g.Scope}").Order(StringComparer.Ordinal))}";
        // A few hundred readers at most are at work between two writes; more would mean somebody makes them up.
        if (_byReader.Count > 500) _byReader.Clear();
        return _byReader.GetOrAdd(who, _ => Cut(reader));
    }

    IEnumerable<Audience> AllRows => Sources.Values.Select(s => s.Audience).Concat(CitedRows.Select(c => c.Audience));

    IEnumerable<Cited> CitedRows =>
        [.. Organisations.Values, .. Instruments.Values, .. Structures.Values, .. People.Values, .. Names.SelectMany(n => n), .. Identifiers,
            .. Labels.SelectMany(l => l), .. Rules.SelectMany(r => r), .. Acts.SelectMany(a => a), .. Agreements.SelectMany(a => a),
            .. Parties.SelectMany(p => p), .. Sites.SelectMany(s => s), .. Belongings, .. Roles, .. Themes.SelectMany(t => t),
            .. Facts.SelectMany(f => f), .. Notes, .. Signatures.SelectMany(s => s), .. Money.SelectMany(m => m), .. Shared.SelectMany(s => s),
            .. Suspensions.SelectMany(s => s), .. Deadlines, .. Successions, .. Goals.SelectMany(g => g), .. FieldCitations.SelectMany(c => c)];

    /// <summary>Keys of the institutions behind a structure: the sides that both audiences and approvals mean.</summary>
    public IReadOnlyCollection<string> SidesOf(string structure) =>
        [.. (_whole ?? this).Parties[structure].Select(p => p.Organisation).OfType<string>().Select(RootOf).Distinct()];

    /// <summary>The institution that a laboratory or institute is part of; itself where it is one.</summary>
    public string RootOf(string organisation)
    {
        var known = (_whole ?? this).Organisations;
        // A loop of parents, which the checks refuse, must not hang a page.
        for (var steps = 0; steps < 10 && known.GetValueOrDefault(organisation)?.Parent is { } parent; steps++) organisation = parent;
        return organisation;
    }

    /// <summary>True where this reader may know of a row that hangs on a structure, or, without one, on no side.</summary>
    public bool Opens(Actor reader, Audience audience, string? structure) =>
        audience.OpenTo(reader, structure is null ? null : SidesOf(structure), structure is null ? null : $"structures/{structure}");

    PortfolioRecord Cut(Actor reader)
    {
        var sources = Sources.Where(s => Opens(reader, s.Value.Audience, null)).ToDictionary();
        // A row that cites what a reader may not know of would tell of it.
        bool Open(Cited row, string? structure) => row.Source.Sources.All(sources.ContainsKey) && Opens(reader, row.Audience, structure);
        var organisations = Organisations.Where(o => Open(o.Value, null)).ToDictionary();
        var instruments = Instruments.Where(i => Open(i.Value, null)).ToDictionary();
        var people = People.Where(p => Open(p.Value, null)).ToDictionary();
        var structures = Structures.Where(s => Open(s.Value, s.Key) && instruments.ContainsKey(s.Value.Instrument)).ToDictionary();
        bool Row(Cited row, string? structure) => (structure is null || structures.ContainsKey(structure)) && Open(row, structure);
        bool Known(string? organisation) => organisation is null || organisations.ContainsKey(organisation);
        var agreements = Keep(Agreements, a => a.Structure, a => Row(a, a.Structure));
        var structureOf = agreements.SelectMany(g => g).ToDictionary(a => a.Key, a => a.Structure);
        return new PortfolioRecord
        {
            _whole = this,
            Sources = sources,
            Organisations = organisations,
            Instruments = instruments,
            Structures = structures,
            People = people,
            Names = Keep(Names, n => n.Organisation, n => Known(n.Organisation) && Row(n, null)),
            Identifiers = [.. Identifiers.Where(i => Known(i.Organisation) && Row(i, i.Structure))],
            Labels = Keep(Labels, l => l.Instrument, l => instruments.ContainsKey(l.Instrument) && Row(l, null)),
            Rules = Keep(Rules, r => r.Instrument, r => instruments.ContainsKey(r.Instrument) && Row(r, null)),
            Acts = Keep(Acts, a => a.Structure, a => Row(a, a.Structure) && (a.Instrument is null || instruments.ContainsKey(a.Instrument))),
            Agreements = agreements,
            Parties = Keep(Parties, p => p.Structure, p => Row(p, p.Structure) && Known(p.Organisation) && (p.Agreement is null || structureOf.ContainsKey(p.Agreement))),
            Sites = Keep(Sites, s => s.Structure, s => Row(s, s.Structure) && Known(s.Organisation)),
            Belongings = [.. Belongings.Where(b => Row(b, b.Structure) && structures.ContainsKey(b.Centre))],
            Roles = [.. Roles.Where(r => Row(r, r.Structure) && people.ContainsKey(r.Person) && Known(r.Side) && Known(r.Affiliation))],
            Themes = Keep(Themes, t => t.Structure, t => Row(t, t.Structure)),
            Facts = Keep(Facts, f => f.Structure, f => Row(f, f.Structure)),
            Notes = [.. Notes.Where(n => Row(n, n.Structure) && Known(n.Organisation))],
            Signatures = Keep(Signatures, s => s.Agreement, s => structureOf.TryGetValue(s.Agreement, out var structure) && Row(s, structure) && Known(s.Side)),
            Money = Keep(Money, m => m.Structure, m => Row(m, m.Structure) && Known(m.Side)),
            Shared = Keep(Shared, s => s.Structure, s => Row(s, s.Structure) && Known(s.Side)),
            Suspensions = Keep(Suspensions, s => s.Structure, s => Row(s, s.Structure) && Known(s.Side)),
            Deadlines = [.. Deadlines.Where(d => Row(d, StructureOf(d)) && Known(d.Side) && (AgreementOf(d) is not { } agreement || Row(agreement, agreement.Structure)))],
            Successions = [.. Successions.Where(s => Row(s, s.Structure) && structures.ContainsKey(s.Successor))],
            Goals = Keep(Goals, g => g.Structure, g => Row(g, g.Structure)),
            FieldCitations = Keep(FieldCitations, c => c.Subject, c => c.Subject.Split('/') switch
            {
                ["structures", var key] => Row(c, key),
                ["organisations", var key] => organisations.ContainsKey(key) && Row(c, null),
                ["instruments", var key] => instruments.ContainsKey(key) && Row(c, null),
                ["people", var key] => people.ContainsKey(key) && Row(c, null),
                ["sources", var key] => sources.ContainsKey(key) && Row(c, null),
                // The subject stands to the right of this module: only what anyone may read is told from here.
                _ => c.Audience.Kind == AudienceKind.Public && Row(c, null),
            }),
        };
    }

    static ILookup<string, T> Keep<T>(ILookup<string, T> rows, Func<T, string> key, Func<T, bool> keep) =>
        rows.SelectMany(group => group).Where(keep).ToLookup(key);
}
