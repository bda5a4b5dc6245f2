using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>A new structure: its cells, and who stands behind it, since that decides whose it is.</summary>
public sealed record NewStructure(IReadOnlyDictionary<string, string> Cells, IReadOnlyList<string> Parties);

/// <summary>A new name from a day on. From: the name that the form was drawn with.</summary>
public sealed record NewName(string From, string Name, string? NameFr, string? Date, string Source, string? Wording);

/// <summary>How a structure came to its end, in both languages.</summary>
public sealed record Ending(string Date, string Reason, string ReasonFr, string Source, string? Wording);

/// <summary>What happens to a structure as a whole: it begins, is renamed, ends. Each leaves what was in place as history.</summary>
public static class Structuring
{
    static PortfolioFile File => RowEditing.Table("structures")!;

    /// <summary>Puts a structure on the record with its parties. Without a key, one is made from the name.</summary>
    public static async Task<Outcome<Saved>> CreateAsync(Work work, NewStructure asked, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var cells = new Dictionary<string, string>(Cells.Tidy(File, asked.Cells));
        if (!cells.ContainsKey("key")) cells["key"] = await Keys.FreeAsync(work.Db, File, cells.GetValueOrDefault("name") ?? "", ct);
        var parties = asked.Parties.Where(p => p.Length > 0).Distinct().ToList();
        if (parties.Count == 0)
            return new Saved { Faults = [new("party.0", new("Name at least one partner: the partners decide who may read and edit it.", "Nommez au moins un partenaire\u202F: les partenaires décident de qui peut la lire et la modifier."))] };
        var sides = new HashSet<string>();
        foreach (var (i, party) in parties.Index())
            if (await work.Db.Organisations.AsNoTracking().AnyAsync(o => o.Key == party, ct)) sides.Add(await Reach.RootAsync(work.Db, party, ct));
            else return new Saved { Faults = [new($"party.{i}", new($"“{party}” is not an organisation on the record.", $"«\u202F{party}\u202F» n’est pas une organisation du registre."))] };
        var added = await RowEditing.AddAsync(work, new() { File = File, Cells = cells }, sides, ct);
        if (!added.Ok || !added.Value.Done) return added;
        var source = Citations.Parse(cells["source"]);
        foreach (var party in parties)
            work.Db.Add(new Party { Structure = cells["key"], Organisation = party, Role = PartyRole.Party, Source = source, Wording = cells.GetValueOrDefault("wording") });
        work.Log("structures.add", $"structures/{cells["key"]}", $"{parties.Count} parties");
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return added;
    }

    /// <summary>Gives a structure or an organisation a new name, and keeps the old one with its last day.</summary>
    public static async Task<Outcome<Saved>> RenameAsync(Work work, PortfolioFile file, string key, NewName asked, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var found = await HoldAsync(work, file, key, ct);
        if (!found.Ok) return found.Refusal!;
        var (row, cells, reach) = found.Value;
        if (cells["name"] != asked.From)
            return Refusal.Conflict("renamed-already", $"Somebody renamed it meanwhile: it is called “{cells["name"]}” now.", $"Quelqu’un l’a renommée entre-temps\u202F: elle s’appelle désormais «\u202F{cells["name"]}\u202F».");
        var after = new Dictionary<string, string>(cells) { ["name"] = asked.Name, ["name_fr"] = asked.NameFr ?? "" };
        var faults = (await Checks.FaultsAsync(work, file, Cells.Tidy(file, after), cells, key, reach, ct)).ToList();
        faults.AddRange(await FaultsOfAsync(work, asked.Date, asked.Source, ct));
        if (asked.Name.Trim() == asked.From && (asked.NameFr ?? "").Trim() == cells.GetValueOrDefault("name_fr", ""))
            faults.Add(new("name", new("This is its name already.", "C’est déjà son nom.")));
        if (faults.Count > 0) return new Saved { Faults = faults };
        Stored.Put(work.Db, file, row, Cells.Make(file, Cells.Tidy(file, after)));
        work.Db.Add(file.Name == "structures" ? OldName(key, cells["name"], asked, AudienceOf(row)) : OldName(key, cells["name"], asked, AudienceOf(row), Date(asked.Date)));
        return await DoneAsync(work, pen, $"{file.Name}.rename", reach.Record, key, ct);
    }

    static Act OldName(string key, string old, NewName asked, Audience audience) => new()
    {
        Structure = key, Event = $"renamed-{asked.Date ?? Keys.Of(asked.Name)}", Date = Date(asked.Date), DateKind = asked.Date is null ? DateKind.Unspecified : DateKind.Effective,
        NameThen = old, What = $"Renamed from {old} to {asked.Name.Trim()}", WhatFr = $"De {old}, devient {asked.Name.Trim()}",
        Source = Citations.Parse(asked.Source), Wording = asked.Wording, Audience = audience,
    };

    static OrganisationName OldName(string key, string old, NewName asked, Audience audience, PartialDate? until) => new()
    {
        Organisation = key, Name = old, Kind = NameKind.Former, Until = until, Source = Citations.Parse(asked.Source), Wording = asked.Wording, Audience = audience,
    };

    /// <summary>Ends a structure: an act dates it and says why. Nothing is removed.</summary>
    public static async Task<Outcome<Saved>> EndAsync(Work work, string key, Ending asked, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var found = await HoldAsync(work, File, key, ct);
        if (!found.Ok) return found.Refusal!;
        var (row, _, reach) = found.Value;
        var ended = await work.Db.Acts.AsNoTracking().Where(a => a.Structure == key && a.DateKind == DateKind.Ended).ToListAsync(ct);
        if (ended.FirstOrDefault(a => reach.Opens(work.Actor, a.Audience)) is { } before)
            return Refusal.Conflict("ended-already", $"It has ended already ({before.Date}). Change that act instead.", $"Elle est déjà terminée ({before.Date}). Modifiez plutôt cet acte.");
        var faults = (await FaultsOfAsync(work, asked.Date, asked.Source, ct)).ToList();
        if (string.IsNullOrWhiteSpace(asked.Date)) faults.Add(new("date", new("Give the date, as precise as the source.", "Donnez la date, aussi précise que la source.")));
        if (string.IsNullOrWhiteSpace(asked.Reason)) faults.Add(new("reason", new("Say why it ends.", "Dites pourquoi elle se termine.")));
        if (string.IsNullOrWhiteSpace(asked.ReasonFr)) faults.Add(new("reason_fr", new("Say why it ends, in French.", "Dites pourquoi elle se termine, en français.")));
        if (faults.Count > 0) return new Saved { Faults = faults };
        work.Db.Add(End(key, asked, AudienceOf(row)));
        return await DoneAsync(work, pen, "structures.end", reach.Record, key, ct);
    }

    internal static Act End(string key, Ending asked, Audience audience) => new()
    {
        Structure = key, Event = "end", Date = Date(asked.Date), DateKind = DateKind.Ended, What = asked.Reason.Trim(), WhatFr = asked.ReasonFr.Trim(),
        Source = Citations.Parse(asked.Source), Wording = asked.Wording, Audience = audience,
    };

    /// <summary>The row to be changed, tracked, once the actor may.</summary>
    internal static async Task<Outcome<(object Row, IReadOnlyDictionary<string, string> Cells, Reach Reach)>> HoldAsync(Work work, PortfolioFile file, string key, CancellationToken ct)
    {
        if (await Stored.FindAsync(work.Db, file, key, ct) is not { } row || !await RowEditing.OpensAsync(work, file, row, ct)) return RowEditing.Missing(file, key);
        var cells = Cells.Of(file, row);
        var reach = await Reach.OfAsync(work.Db, file, cells, key, ct);
        return Permissions.Refuse(work.Actor, RowEditing.Needs(file, whole: false), reach.Sides, reach.Scope) is { } refusal ? refusal : (row, cells, reach);
    }

    internal static async Task<Outcome<Saved>> DoneAsync(Work work, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction pen, string verb, string record, string key, CancellationToken ct)
    {
        work.Log(verb, record);
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return new Saved { Id = key, Record = record };
    }

    internal static async Task<IReadOnlyList<Fault>> FaultsOfAsync(Work work, string? date, string source, CancellationToken ct)
    {
        var faults = new List<Fault>();
        if (!string.IsNullOrWhiteSpace(date) && !PartialDate.TryParse(date.Trim(), out _)) faults.Add(new("date", Column.Date("date").Complaint(date.Trim())!.Value));
        if (Column.Items(source).Length == 0) faults.Add(new("source", new("Choose the source that states this.", "Choisissez la source qui l’énonce.")));
        foreach (var one in Citations.Parse(source).Sources)
            if (!await work.Db.Sources.AnyAsync(s => s.Key == one, ct))
                faults.Add(new("source", new($"“{one}” is not on the record among the sources.", $"«\u202F{one}\u202F» ne figure pas parmi les sources du registre.")));
        return faults;
    }

    internal static PartialDate? Date(string? text) => string.IsNullOrWhiteSpace(text) ? null : PartialDate.Parse(text.Trim());

    internal static Audience AudienceOf(object row) => row switch { Cited cited => cited.Audience, Source source => source.Audience, _ => Audience.Public };
}
