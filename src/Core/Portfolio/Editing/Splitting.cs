using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>Which of two structures a row goes with.</summary>
public enum Part { First, Second, Both, Neither }

/// <summary>
/// A structure becomes two. Without a first name it goes on itself, and the second comes out of it; with one, it ends and both are new.
/// Parties and sites go where they are sent, by their numbers.
/// </summary>
public sealed record SplitPlan(string? First, string Second, string Date, string Source, string? Wording,
    IReadOnlyDictionary<int, Part> Parties, IReadOnlyDictionary<int, Part> Sites);

/// <summary>Divides a structure, with links from what was to what comes after.</summary>
public static class Splitting
{
    /// <summary>Returns the keys of the new structures.</summary>
    public static async Task<Outcome<(Saved Saved, IReadOnlyList<string> Keys)>> SplitAsync(Work work, string key, SplitPlan plan, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var file = RowEditing.Table("structures")!;
        var found = await Structuring.HoldAsync(work, file, key, ct);
        if (!found.Ok) return found.Refusal!;
        var (row, _, reach) = found.Value;
        if (Permissions.Refuse(work.Actor, Permission.CreateRecord, reach.Sides, reach.Scope) is { } refusal) return refusal;
        var parties = await VisibleAsync(work, reach, work.Db.Parties.AsNoTracking().Where(p => p.Structure == key), ct);
        var sites = await VisibleAsync(work, reach, work.Db.Sites.AsNoTracking().Where(s => s.Structure == key), ct);
        var faults = await FaultsAsync(work, plan, parties, ct);
        if (faults.Count > 0) return (new Saved { Faults = faults }, []);
        var (old, keys) = ((Structure)row, new List<string>());
        foreach (var (part, name) in new[] { (Part.First, plan.First), (Part.Second, plan.Second) })
            if (!string.IsNullOrWhiteSpace(name)) keys.Add(await AddAsync(work, old, part, name.Trim(), plan, parties, sites, ct));
        if (keys.Count == 2)
            work.Db.Add(Structuring.End(key, new(plan.Date, $"Split into {plan.First!.Trim()} and {plan.Second.Trim()}", $"Scindée en {plan.First.Trim()} et {plan.Second.Trim()}", plan.Source, plan.Wording), old.Audience));
        var saved = await Structuring.DoneAsync(work, pen, "structures.split", reach.Record, key, ct);
        return saved.Ok ? (saved.Value, keys) : saved.Refusal!;
    }

    // What the actor may not see stays where it is.
    static async Task<IReadOnlyList<T>> VisibleAsync<T>(Work work, Reach reach, IQueryable<T> rows, CancellationToken ct) where T : Cited =>
        [.. (await rows.ToListAsync(ct)).Where(r => reach.Opens(work.Actor, r.Audience))];

    static async Task<IReadOnlyList<Fault>> FaultsAsync(Work work, SplitPlan plan, IReadOnlyList<Party> parties, CancellationToken ct)
    {
        var faults = (await Structuring.FaultsOfAsync(work, plan.Date, plan.Source, ct)).ToList();
        if (string.IsNullOrWhiteSpace(plan.Date)) faults.Add(new("date", new("Give the date of the split, as precise as the source.", "Donnez la date de la scission, aussi précise que la source.")));
        if (string.IsNullOrWhiteSpace(plan.Second)) faults.Add(new("second", new("Give the new structure a name.", "Donnez un nom à la nouvelle structure.")));
        if (!string.IsNullOrWhiteSpace(plan.First) && plan.First.Trim() == plan.Second.Trim())
            faults.Add(new("second", new("Two structures cannot bear one name.", "Deux structures ne peuvent pas porter le même nom.")));
        foreach (var part in string.IsNullOrWhiteSpace(plan.First) ? [Part.Second] : new[] { Part.First, Part.Second })
            if (!parties.Any(p => Goes(plan.Parties, p.Id, part)) && parties.Count > 0)
                faults.Add(new("party." + parties[0].Id, part == Part.First
                    ? new("Somebody must stand behind the first: send a party there.", "Quelqu’un doit porter la première\u202F: envoyez-y une partie.")
                    : new("Somebody must stand behind the second: send a party there.", "Quelqu’un doit porter la seconde\u202F: envoyez-y une partie.")));
        return faults;
    }

    static bool Goes(IReadOnlyDictionary<int, Part> plan, int id, Part part) => plan.GetValueOrDefault(id, Part.Both) is var to && (to == part || to == Part.Both);

    static async Task<string> AddAsync(Work work, Structure old, Part part, string name, SplitPlan plan, IReadOnlyList<Party> parties, IReadOnlyList<Site> sites, CancellationToken ct)
    {
        var (key, source) = (await FreeAsync(work, name, ct), Citations.Parse(plan.Source));
        work.Db.Add(new Structure
        {
            Key = key, Instrument = old.Instrument, Name = name, Named = true, Country = old.Country, Source = source, Wording = plan.Wording, Audience = old.Audience,
        });
        foreach (var p in parties.Where(p => Goes(plan.Parties, p.Id, part)))
            work.Db.Add(new Party { Structure = key, Organisation = p.Organisation, Role = p.Role, NameThen = p.NameThen, Since = Structuring.Date(plan.Date), Source = source, Audience = p.Audience });
        foreach (var s in sites.Where(s => Goes(plan.Sites, s.Id, part)))
            work.Db.Add(new Site
            {
                Structure = key, Kind = s.Kind, Name = s.Name, NameFr = s.NameFr, Organisation = s.Organisation, Country = s.Country,
                Since = Structuring.Date(plan.Date), Source = source, Audience = s.Audience,
            });
        work.Db.Add(new Act
        {
            Structure = key, Event = "founding", Date = Structuring.Date(plan.Date), DateKind = DateKind.Effective, Instrument = old.Instrument,
            What = $"Came out of {old.Name}", WhatFr = $"Issue de {old.NameFr ?? old.Name}", Source = source, Wording = plan.Wording, Audience = old.Audience,
        });
        work.Db.Add(new Succession
        {
            Structure = old.Key, Successor = key, Kind = SuccessionKind.Split, Date = Structuring.Date(plan.Date), Source = source, Wording = plan.Wording, Audience = old.Audience,
        });
        return key;
    }

    // The first of the two is not stored yet when the second asks.
    static async Task<string> FreeAsync(Work work, string name, CancellationToken ct)
    {
        var key = await Keys.FreeAsync(work.Db, RowEditing.Table("structures")!, name, ct);
        return work.Db.Structures.Local.Any(s => s.Key == key) ? $"{key}-b" : key;
    }
}
