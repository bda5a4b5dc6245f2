using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Rules;

/// <summary>One rule of a pack as somebody writes it; texts as typed.</summary>
public sealed record RuleDraft(string Field, string Value, string? Unit, string? ValueFr, string? Source, string? Wording);

/// <summary>A new version of a pack, complete: a rule that is left out is no longer known.</summary>
/// <param name="Over">the version it was written over, 0 for a pack that does not exist yet</param>
public sealed record PackDraft(PackKey Key, int Over, IReadOnlyList<RuleDraft> Rules, Audience Audience);

/// <summary>What came of it: the version, or what is wrong, with fields such as rules.2.value, counted from 0.</summary>
public sealed record PackPublished(PackKey Key, int Version, IReadOnlyList<Fault> Faults);

/// <summary>Writes rule packs. A version is never changed: the next one takes its place, and the older ones stay.</summary>
public static class RulePublishing
{
    public static async Task<Outcome<PackPublished>> PublishAsync(Work work, PackDraft draft, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var record = PortfolioRecord.Of(work);
        var key = draft.Key;
        if (!record.Instruments.ContainsKey(key.Instrument)) return UnknownInstrument(key.Instrument);
        if (Permissions.Refuse(work.Actor, Permission.EditRules, key.Issuer is null ? null : [record.RootOf(key.Issuer)]) is { } refusal) return refusal;
        // Of all versions, also those that the actor may not read: two versions must not bear one number.
        var version = await NewestAsync(work.Db, key, ct);
        if (version != draft.Over)
            return Refusal.Conflict("pack-changed", $"Somebody published version {version} of this pack while you wrote over version {draft.Over}. Nothing of yours was saved: look at the difference, then write over the newest.",
                $"Quelqu’un a publié la version {version} de ce jeu de règles pendant que vous récriviez la version {draft.Over}. Rien de votre texte n’a été enregistré\u202F: regardez la différence, puis récrivez la plus récente.");
        var faults = Faults(record, draft);
        if (faults.Count > 0) return new PackPublished(key, version, faults);
        foreach (var rule in draft.Rules) work.Db.Rules.Add(Make(draft, rule, version + 1));
        work.Log("rules.publish", $"instruments/{key.Instrument}", $"version {version + 1}, {draft.Rules.Count} rules");
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return new PackPublished(key, version + 1, []);
    }

    static async Task<int> NewestAsync(Db db, PackKey key, CancellationToken ct) =>
        (await db.Rules.AsNoTracking().Where(r => r.Instrument == key.Instrument).ToListAsync(ct)).Where(r => PackKey.Of(r) == key).Max(r => (int?)r.Version) ?? 0;

    static List<Fault> Faults(PortfolioRecord record, PackDraft draft)
    {
        var faults = new List<Fault>();
        foreach (var (name, body) in new[] { ("issuer", draft.Key.Issuer), ("institute", draft.Key.Institute) })
            if (body is not null && !record.Organisations.ContainsKey(body))
                faults.Add(new(name, new($"“{body}” is not an organisation on the record.", $"«\u202F{body}\u202F» n’est pas une organisation du registre.")));
        if (draft.Key is { Since: { } since, Until: { } until } && until < since)
            faults.Add(new("until", new("It ends before it begins.", "La fin précède le début.")));
        if (draft.Rules.Count == 0)
            faults.Add(new("rules.0.field", new("A pack holds at least one rule: what is unknown needs no pack.", "Un jeu contient au moins une règle\u202F: ce qui est inconnu n’en demande pas.")));
        foreach (var (i, rule) in draft.Rules.Index()) faults.AddRange(Faults(record, rule, $"rules.{i}."));
        return faults;
    }

    static IEnumerable<Fault> Faults(PortfolioRecord record, RuleDraft rule, string at)
    {
        if (rule.Value.Length == 0)
            yield return new(at + "value", new("Write the value, or leave the rule out.", "Écrivez la valeur, ou retirez la règle."));
        else if (RuleVocabulary.Complaint(rule.Field, rule.Value, rule.Unit) is { } wrong)
            yield return new(at + wrong.Field, wrong.What);
        var sources = Citations.Parse(rule.Source ?? "");
        if (sources.Count == 0)
            yield return new(at + "source", new("Name the source: a rule without one is not a rule.", "Nommez la source\u202F: sans source, ce n’est pas une règle."));
        foreach (var source in sources.Sources.Where(s => !record.Sources.ContainsKey(s)))
            yield return new(at + "source", new($"“{source}” is not a source on the record.", $"«\u202F{source}\u202F» n’est pas une source du registre."));
    }

    static Rule Make(PackDraft draft, RuleDraft rule, int version) => new()
    {
        Instrument = draft.Key.Instrument, Issuer = draft.Key.Issuer, Institute = draft.Key.Institute, CampaignYear = draft.Key.CampaignYear,
        Since = draft.Key.Since, Until = draft.Key.Until, Version = version, Field = rule.Field, Value = rule.Value, Unit = rule.Unit, ValueFr = rule.ValueFr,
        Source = Citations.Parse(rule.Source!), Wording = rule.Wording, Audience = draft.Audience,
    };

    internal static Refusal UnknownInstrument(string key) => Refusal.NotFound("unknown-instrument",
        $"There is no instrument “{key}” on this record. The list is at /instruments.", $"Il n’y a pas d’instrument « {key} » dans ce registre. La liste est sur /instruments.");
}
