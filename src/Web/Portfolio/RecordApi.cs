using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Portfolio;

/// <summary>An event in the life of a structure as one source dates it.</summary>
/// <param name="Event">statements about one event share it</param>
/// <param name="Kind">what the date is the date of, such as signed or launched</param>
public sealed record ActLine(string Event, string? Date, string? Until, string Kind, string? Label, string What, IReadOnlyList<string> Sources);

public sealed record PartyLine(string? Organisation, string? NameThen, string Role, string? Since, string? Until, IReadOnlyList<string> Sources);

public sealed record SiteLine(string Name, string Kind, string? Organisation, string? Country, IReadOnlyList<string> Sources);

/// <summary>What a person does in a structure; the side belongs to the role, not to the person.</summary>
public sealed record RoleLine(string Person, string Role, string? Side, string? Affiliation, IReadOnlyList<string> Sources);

public sealed record TextLine(string Field, string Text, IReadOnlyList<string> Sources);

/// <summary>A structure with everything on record about it, each fact with the keys of its sources.</summary>
public sealed record StructureAnswer(
    StructureLine Structure, IReadOnlyList<ActLine> Acts, IReadOnlyList<PartyLine> Parties, IReadOnlyList<SiteLine> Sites, IReadOnlyList<RoleLine> Roles,
    IReadOnlyList<TextLine> Themes, IReadOnlyList<TextLine> Facts, IReadOnlyList<string> Members);

/// <summary>An organisation with its other names, its numbers in registers and the structures that it stands behind.</summary>
public sealed record OrganisationAnswer(OrganisationLine Organisation, IReadOnlyList<string> OtherNames, IReadOnlyDictionary<string, IReadOnlyList<string>> Identifiers, IReadOnlyList<string> Structures);

/// <summary>A kind of cooperation with the labels that it bore and what its issuers' rules say.</summary>
public sealed record InstrumentLine(
    string Key, string Code, string Family, string Name, string Description, string? Issuers, IReadOnlyList<string> Labels, IReadOnlyList<RuleLine> Rules, IReadOnlyList<string> Sources);

public sealed record RuleLine(string Field, string Value, string? Unit, string? Institute, int? CampaignYear, IReadOnlyList<string> Sources);

/// <summary>One thing of the record at a time, for programs.</summary>
public static class RecordApi
{
    static readonly Listing<InstrumentLine> Instruments = new(
        new("key", i => i.Key), new("code", i => i.Code), new("family", i => i.Family), new("name", i => i.Name), new("description", i => i.Description),
        new("issuers", i => i.Issuers), new("labels", i => i.Labels), new("sources", i => i.Sources));

    public static void MapRecordApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/structures/{key}", (Work work, PortfolioRecord record, Reader reader, string key) =>
                Find(record.Structures, key, "structure", "la structure").ToJson(reader, s => Structure(work, record, s, reader)))
            .Answers<StructureAnswer>("getStructure", new("A structure with everything on record about it, each fact with its sources.",
                "Une structure avec tout ce que le registre en dit, chaque fait avec ses sources."), "/api/v1/structures/{structure}");
        app.MapGet("/api/v1/organisations/{key}", (PortfolioRecord record, Reader reader, string key) =>
                Find(record.Organisations, Organisation(record, key), "organisation", "l’organisation").ToJson(reader, o => Answer(record, o)))
            .Answers<OrganisationAnswer>("getOrganisation", new("An organisation, by key or ROR id: its names, its numbers, its structures.",
                "Une organisation, par clé ou identifiant ROR : ses noms, ses numéros, ses structures."), "/api/v1/organisations/{a}");
        app.MapGet("/api/v1/instruments", (PortfolioRecord record, Reader reader, [AsParameters] ListQuery list) =>
                Instruments.Answer(record.Instruments.Values.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => Line(record, i, reader)), list, reader, "entente-instruments"))
            .Lists<InstrumentLine>("listInstruments", new("The kinds of cooperation, their labels through time and their rules.",
                "Les sortes de coopération, leurs labels dans le temps et leurs règles."), "/api/v1/instruments");
        app.MapGet("/api/v1/sources/{key}", (PortfolioRecord record, Reader reader, string key) =>
                Find(record.Sources, key, "source", "la source").ToJson(reader, s => SourceLine.All(record, []).First(line => line.Key == s.Key)))
            .Answers<SourceLine>("getSource", new("One source: its title, publisher, date and address.", "Une source : son titre, son éditeur, sa date et son adresse."), "/api/v1/sources/{source}");
    }

    static Outcome<T> Find<T>(IReadOnlyDictionary<string, T> all, string key, string en, string fr) => all.TryGetValue(key, out var found) ? found
        : Refusal.NotFound($"unknown-{en}", $"There is no {en} “{key}” on this record.", $"Il n’y a pas de « {key} » dans ce registre : {fr} est inconnue.");

    static string Organisation(PortfolioRecord record, string text) =>
        RorId.Parse(text) is { } ror && record.Organisations.Values.FirstOrDefault(o => o.Ror == ror) is { } known ? known.Key : text;

    static StructureAnswer Structure(Work work, PortfolioRecord record, Structure s, Reader reader) => new(
        StructureLine.Of(record, PortfolioQueries.Row(record, s, PortfolioRoutes.Today(work)), reader.Lang),
        [.. record.Acts[s.Key].Select(a => new ActLine(a.Event, a.Date?.ToString(), a.Until?.ToString(), Word(a.DateKind), a.Label, reader.Say(a.SaidWhat), Sources(a)))],
        [.. record.Parties[s.Key].Select(p => new PartyLine(p.Organisation, p.NameThen, Word(p.Role), p.Since?.ToString(), p.Until?.ToString(), Sources(p)))],
        [.. record.Sites[s.Key].Select(p => new SiteLine(p.Name, Word(p.Kind), p.Organisation, p.Country, Sources(p)))],
        [.. record.RolesOf(s.Key).Select(r => new RoleLine(record.People[r.Person].Name, Word(r.Kind), r.Side, r.Affiliation, Sources(r)))],
        [.. record.Themes[s.Key].Select(t => new TextLine(Word(t.Kind), reader.Say(t.Said), Sources(t)))],
        [.. record.Facts[s.Key].Select(f => new TextLine(f.Field, reader.Say(f.Said), Sources(f)))],
        [.. record.MembersOf(s.Key).Select(m => m.Key)]);

    static OrganisationAnswer Answer(PortfolioRecord record, Organisation o) => new(
        OrganisationLine.All(record).First(line => line.Key == o.Key),
        [.. record.Names[o.Key].Select(n => n.Name)],
        record.IdentifiersOfOrganisation(o.Key).GroupBy(i => Word(i.Scheme)).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(i => i.Value)]),
        [.. record.Structures.Keys.Where(key => record.Parties[key].Any(p => p.Organisation == o.Key)).Order(StringComparer.Ordinal)]);

    static InstrumentLine Line(PortfolioRecord record, Instrument i, Reader reader) => new(
        i.Key, i.Code, Word(i.Family), reader.Say(i.SaidName), reader.Say(i.SaidDescription), i.Issuers,
        [.. record.Labels[i.Key].Select(l => $"{l.Code} {l.Since}–{l.Until}".Trim('–', ' '))],
        [.. record.Rules[i.Key].Select(r => new RuleLine(r.Field, r.Value, r.Unit, r.Institute, r.CampaignYear, Sources(r)))], Sources(i));

    static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    static IReadOnlyList<string> Sources(Cited cited) => [.. cited.Source.Sources.Distinct()];
}
