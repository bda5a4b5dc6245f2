using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Deadlines;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio;

/// <summary>
/// The whole portfolio in memory, read in a fixed number of queries whatever its size: what runs together is a few hundred rows even
/// for a large office, and every page looks at most of them. Nothing here is written back, so one copy serves every reader.
/// </summary>
public sealed partial class PortfolioRecord
{
    public required IReadOnlyDictionary<string, Source> Sources { get; init; }
    public required IReadOnlyDictionary<string, Organisation> Organisations { get; init; }
    public required IReadOnlyDictionary<string, Instrument> Instruments { get; init; }
    public required IReadOnlyDictionary<string, Structure> Structures { get; init; }
    public required IReadOnlyDictionary<string, Person> People { get; init; }
    public required ILookup<string, OrganisationName> Names { get; init; }
    public required IReadOnlyList<Identifier> Identifiers { get; init; }
    public required ILookup<string, Label> Labels { get; init; }
    public required ILookup<string, Rule> Rules { get; init; }

    /// <summary>By structure, earliest first; undated ones last.</summary>
    public required ILookup<string, Act> Acts { get; init; }
    public required ILookup<string, Agreement> Agreements { get; init; }
    public required ILookup<string, Party> Parties { get; init; }
    public required ILookup<string, Site> Sites { get; init; }
    public required IReadOnlyList<Belonging> Belongings { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public required ILookup<string, Theme> Themes { get; init; }
    public required ILookup<string, Fact> Facts { get; init; }
    public required IReadOnlyList<Note> Notes { get; init; }
    public required IReadOnlyList<Deadline> Deadlines { get; init; }
    public required IReadOnlyList<Succession> Successions { get; init; }
    public required ILookup<string, DeclaredGoal> Goals { get; init; }

    /// <summary>By the address of the record, such as structures/majulab.</summary>
    public required ILookup<string, FieldCitation> FieldCitations { get; init; }

    /// <summary>By agreement.</summary>
    public required ILookup<string, Signature> Signatures { get; init; }

    /// <summary>By structure, as the two that follow it.</summary>
    public required ILookup<string, Money> Money { get; init; }
    public required ILookup<string, Shared> Shared { get; init; }
    public required ILookup<string, Suspension> Suspensions { get; init; }

    public Instrument InstrumentOf(Structure structure) => Instruments[structure.Instrument];

    /// <summary>The umbrella centres that a structure belongs to.</summary>
    public IEnumerable<Structure> CentresOf(string structure) =>
        (_centres ??= Belongings.ToLookup(b => b.Structure, b => b.Centre))[structure].Distinct().Select(key => Structures[key]);

    public IEnumerable<Structure> MembersOf(string centre) =>
        (_members ??= Belongings.ToLookup(b => b.Centre, b => b.Structure))[centre].Distinct().Select(key => Structures[key]);

    public IEnumerable<Role> RolesOf(string structure) => (_roles ??= Roles.ToLookup(r => r.Structure))[structure];

    public IEnumerable<Role> RolesOfPerson(string person) => (_rolesOfPerson ??= Roles.ToLookup(r => r.Person))[person];

    /// <summary>Roles held on behalf of an organisation, or by people who work there.</summary>
    public IEnumerable<Role> RolesAt(string organisation) => (_rolesAt ??= Roles
        .SelectMany(r => new[] { r.Side, r.Affiliation }.Distinct().Where(key => key is not null).Select(key => (Key: key!, Role: r))).ToLookup(r => r.Key, r => r.Role))[organisation];

    public IEnumerable<Identifier> IdentifiersOf(string structure) =>
        (_identifiers ??= Identifiers.Where(i => i.Structure is not null).ToLookup(i => i.Structure!))[structure];

    public IEnumerable<Identifier> IdentifiersOfOrganisation(string organisation) =>
        (_identifiersOfOrganisation ??= Identifiers.Where(i => i.Organisation is not null).ToLookup(i => i.Organisation!))[organisation];

    public IEnumerable<Note> NotesOf(string structure) => (_notes ??= Notes.Where(n => n.Structure is not null).ToLookup(n => n.Structure!))[structure];

    public IEnumerable<Note> NotesOfOrganisation(string organisation) =>
        (_notesOfOrganisation ??= Notes.Where(n => n.Organisation is not null).ToLookup(n => n.Organisation!))[organisation];

    public IEnumerable<Belonging> BelongingsOf(string structure) => (_belongings ??= Belongings.ToLookup(b => b.Structure))[structure];

    /// <summary>The agreement that a deadline is about; null where it is about a structure.</summary>
    public Agreement? AgreementOf(Deadline deadline) => deadline.Agreement is { } key ? FindAgreement(key) : null;

    public Agreement? FindAgreement(string key) => (_agreements ??= Agreements.SelectMany(group => group).ToDictionary(a => a.Key)).GetValueOrDefault(key);

    /// <summary>Key of the structure that a deadline comes down to.</summary>
    public string StructureOf(Deadline deadline) => deadline.Structure ?? AgreementOf(deadline)!.Structure;

    ILookup<string, string>? _centres, _members;
    Dictionary<string, Agreement>? _agreements;
    ILookup<string, Belonging>? _belongings;
    ILookup<string, Role>? _roles, _rolesOfPerson, _rolesAt;
    ILookup<string, Identifier>? _identifiers, _identifiersOfOrganisation;
    ILookup<string, Note>? _notes, _notesOfOrganisation;

    public bool IsCentre(Structure structure) => InstrumentOf(structure).Family == InstrumentFamily.Centre;

    /// <summary>Organisations that any source names as standing behind the structure, in the order of the sources.</summary>
    public IEnumerable<Organisation> PartnersOf(string structure) =>
        Parties[structure].Where(p => p.Organisation is not null).Select(p => p.Organisation!).Distinct().Select(key => Organisations[key]);

    sealed record Kept(string Database, string Head, PortfolioRecord Record);

    static Kept? _last;

    /// <summary>The record as the actor may know it, for what is computed in memory and what draws a page; nothing is waited for unless the record was written to.</summary>
    public static PortfolioRecord Of(Work work) => Of(work.Db, work.Actor);

    // Whoever draws a page holds a context that the reading would wait for, as it waits for the reading: then on a thread of the pool.
    public static PortfolioRecord Of(Db db, Actor actor) =>
        (SynchronizationContext.Current is null ? ReadAsync(db, default) : Task.Run(() => ReadAsync(db, default))).GetAwaiter().GetResult().For(actor);

    /// <summary>True for the key of an organisation that is on the record, and that this reader may not know of.</summary>
    public bool Hides(string organisation) => !Organisations.ContainsKey(organisation) && _whole?.Organisations.ContainsKey(organisation) == true;

    /// <summary>
    /// The portfolio as it stands. Every write leaves a journal line in its own transaction, so the copy read last is still good while
    /// no line was added; reading a large portfolio anew for every page would cost more than the page.
    /// </summary>
    public static async Task<PortfolioRecord> ReadAsync(Db db, CancellationToken ct)
    {
        // What a transaction has written may yet be undone, and its journal numbers given out again.
        if (db.SeenHead is null && db.Database.CurrentTransaction is not null) return await ReadAnewAsync(db, ct);
        var head = db.SeenHead ?? await Journals.HeadAsync(db, ct);
        if (_last is { } kept && kept.Database == db.Place && kept.Head == head) return kept.Record;
        var record = await ReadAnewAsync(db, ct);
        _last = new(db.Place, head, record);
        return record;
    }

    static async Task<PortfolioRecord> ReadAnewAsync(Db db, CancellationToken ct)
    {
        var acts = await db.Acts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(ct);
        return new PortfolioRecord
        {
            Sources = await db.Sources.AsNoTracking().ToDictionaryAsync(s => s.Key, ct),
            Organisations = await db.Organisations.AsNoTracking().ToDictionaryAsync(o => o.Key, ct),
            Instruments = await db.Instruments.AsNoTracking().ToDictionaryAsync(i => i.Key, ct),
            Structures = await db.Structures.AsNoTracking().ToDictionaryAsync(s => s.Key, ct),
            People = await db.People.AsNoTracking().ToDictionaryAsync(p => p.Key, ct),
            Names = (await db.OrganisationNames.AsNoTracking().OrderBy(n => n.Id).ToListAsync(ct)).ToLookup(n => n.Organisation),
            Identifiers = await db.Identifiers.AsNoTracking().OrderBy(i => i.Id).ToListAsync(ct),
            Labels = (await db.Labels.AsNoTracking().OrderBy(l => l.Id).ToListAsync(ct)).ToLookup(l => l.Instrument),
            Rules = (await db.Rules.AsNoTracking().OrderBy(r => r.Id).ToListAsync(ct)).ToLookup(r => r.Instrument),
            Acts = acts.OrderBy(a => a.Date?.First ?? DateOnly.MaxValue).ThenBy(a => a.Id).ToLookup(a => a.Structure),
            Agreements = (await db.Agreements.AsNoTracking().OrderBy(a => a.Key).ToListAsync(ct)).ToLookup(a => a.Structure),
            Parties = (await db.Parties.AsNoTracking().OrderBy(p => p.Id).ToListAsync(ct)).ToLookup(p => p.Structure),
            Sites = (await db.Sites.AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct)).ToLookup(s => s.Structure),
            Belongings = await db.Belongings.AsNoTracking().OrderBy(b => b.Id).ToListAsync(ct),
            Roles = await db.Roles.AsNoTracking().OrderBy(r => r.Id).ToListAsync(ct),
            Themes = (await db.Themes.AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(ct)).ToLookup(t => t.Structure),
            Facts = (await db.Facts.AsNoTracking().OrderBy(f => f.Id).ToListAsync(ct)).ToLookup(f => f.Structure),
            Deadlines = await db.Deadlines.AsNoTracking().OrderBy(d => d.Key).ToListAsync(ct),
            Notes = await db.Notes.AsNoTracking().OrderBy(n => n.Id).ToListAsync(ct),
            Signatures = (await db.Signatures.AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct)).ToLookup(s => s.Agreement),
            Money = (await db.Money.AsNoTracking().OrderBy(m => m.Year).ThenBy(m => m.Id).ToListAsync(ct)).ToLookup(m => m.Structure),
            Shared = (await db.Shared.AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct)).ToLookup(s => s.Structure),
            Suspensions = (await db.Suspensions.AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct)).ToLookup(s => s.Structure),
            Successions = await db.Successions.AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct),
            Goals = (await db.Goals.AsNoTracking().OrderBy(g => g.Goal).ThenBy(g => g.Id).ToListAsync(ct)).ToLookup(g => g.Structure),
            FieldCitations = (await db.FieldCitations.AsNoTracking().OrderBy(c => c.Id).ToListAsync(ct)).ToLookup(c => c.Subject),
        };
    }
}
