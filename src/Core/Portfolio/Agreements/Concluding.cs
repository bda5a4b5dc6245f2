using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>What is entered of an agreement that stands: who signed it, a date with its kind, that it is let end.</summary>
public static class Concluding
{
    /// <summary>Cells of signatures: side, signatory, office, date, place, source, wording, audience.</summary>
    public static async Task<Outcome<int>> SignAsync(Work work, string key, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var found = await FindAsync(work, key, Permission.EditRecord, ct);
        if (found.Refusal is { } refusal) return refusal;
        var (agreement, record, sides) = found.Value;
        if (agreement.Draft)
            return Refusal.Conflict("sign-draft", "This is still a draft: each side approves it first, then it is signed.",
                "C’est encore un projet : chaque côté l’approuve d’abord, puis il est signé.");
        var row = Sourced(cells, ("agreement", key));
        if (AgreementCells.Complaints(record, typeof(Signature), row).FirstOrDefault() is { } complaint) return Drafting.Refused([complaint]);
        if (!sides.Contains(record.RootOf(row["side"])))
            return Refusal.Invalid("not-a-party", $"“{row["side"]}” is no side of this agreement: its sides are {string.Join(", ", sides)}.",
                $"« {row["side"]} » n’est pas un côté de cet accord : ses côtés sont {string.Join(", ", sides)}.", "side");
        if (record.Signatures[key].Any(s => s.Side == row["side"] && string.Equals(s.Signatory, row["signatory"], StringComparison.OrdinalIgnoreCase)))
            return Refusal.Conflict("signed-already", $"{row["signatory"]} has signed for {row["side"]} on record already.",
                $"{row["signatory"]} a déjà signé pour {row["side"]} d’après le registre.");
        await OwnSource.OfAsync(work, row["source"], ct);
        var signature = AgreementCells.Make<Signature>(row);
        work.Db.Add(signature);
        work.Log("agreement.sign", $"agreements/{key}", $"for {row["side"]}");
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return signature.Id;
    }

    /// <summary>One more statement of a date. Cells of acts: date_kind, date, what, what_fr, source, wording, audience.</summary>
    public static async Task<Outcome<int>> DateAsync(Work work, string key, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var found = await FindAsync(work, key, Permission.EditRecord, ct);
        if (found.Refusal is { } refusal) return refusal;
        var (agreement, record, _) = found.Value;
        var kind = Enum.GetValues<DateKind>().Where(k => Column.Kebab(k.ToString()) == cells.GetValueOrDefault("date_kind")).Select(k => (DateKind?)k).FirstOrDefault();
        var words = kind is { } known ? Disagreements.DateWords(known) : new Said("", "");
        var row = Sourced(cells, ("structure", agreement.Structure), ("event", agreement.Event),
            ("what", cells.GetValueOrDefault("what") is { Length: > 0 } what ? what : $"Agreement {words.En}"),
            ("what_fr", cells.GetValueOrDefault("what_fr") is { Length: > 0 } quoi ? quoi : $"Accord : {words.Fr}"));
        if (string.IsNullOrWhiteSpace(cells.GetValueOrDefault("date")))
            return Refusal.Invalid("agreement-invalid", "Enter the date. What no source states stays empty.", "Indiquez la date. Ce qu’aucune source n’énonce reste vide.", "date");
        if (AgreementCells.Complaints(record, typeof(Act), row).FirstOrDefault() is { } complaint) return Drafting.Refused([complaint]);
        await OwnSource.OfAsync(work, row["source"], ct);
        var act = AgreementCells.Make<Act>(row);
        work.Db.Add(act);
        work.Log("agreement.date", $"agreements/{key}", cells["date_kind"]);
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return act.Id;
    }

    /// <summary>
    /// That it is not renewed, and from which day it no longer stands. Before its own end it takes an amendment, which both approve.
    /// With <paramref name="structure"/> the structure ends with it, as an act of its own.
    /// </summary>
    public static async Task<Outcome<string>> LetEndAsync(Work work, string key, string date, string reason, bool structure, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var found = await FindAsync(work, key, Permission.Approve, ct);
        if (found.Refusal is { } refusal) return refusal;
        var (agreement, record, _) = found.Value;
        if (Wrong(record, agreement, date, reason) is { } wrong) return wrong;
        var day = PartialDate.Parse(date.Trim());
        var row = await work.Db.Agreements.SingleAsync(a => a.Key == key, ct);
        work.Db.Entry(row).Property(a => a.Ended).CurrentValue = day;
        work.Db.Entry(row).Property(a => a.EndedWhy).CurrentValue = reason.Trim();
        if (structure)
            work.Db.Add(new Act
            {
                Structure = agreement.Structure, Event = $"end-{key}", Date = day, DateKind = DateKind.Ended, What = $"Ends with its agreement: {reason.Trim()}",
                WhatFr = $"Prend fin avec son accord : {reason.Trim()}", Source = await OwnSource.OfAsync(work, null, ct), Audience = agreement.Audience,
            });
        work.Log("agreement.let-end", $"agreements/{key}", string.Create(CultureInfo.InvariantCulture, $"{day}{(structure ? $", with structures/{agreement.Structure}" : "")}"));
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return key;
    }

    static Refusal? Wrong(PortfolioRecord record, Agreement agreement, string date, string reason)
    {
        if (agreement.Draft) return Refusal.Conflict("end-draft", "This is still a draft: there is nothing to end yet.", "C’est encore un projet : il n’y a rien à terminer.");
        if (agreement.Ended is not null) return Refusal.Conflict("ended-already", "It was let end already.", "Sa fin est déjà décidée.");
        if (AgreementReading.SuccessorOf(record, agreement) is { } next)
            return Refusal.Conflict("renewed-already", $"It is replaced by {next.Key}: let that one end.", $"Il est remplacé par {next.Key} : mettez fin à celui-ci.");
        if (!PartialDate.TryParse(date.Trim(), out var day))
            return Refusal.Invalid("agreement-invalid", "Enter the date on which it ends, such as 2027-12-31.", "Indiquez la date de fin, comme 2027-12-31.", "date");
        if (agreement.Ends is { } ends && day.Last < ends.Last)
            return Refusal.Invalid("ends-early", $"By its text it ends on {ends.In(Lang.En)}. To end it earlier, amend its end: each side approves that.",
                $"Selon son texte il prend fin le {ends.In(Lang.Fr)}. Pour l’écourter, modifiez sa fin par un avenant : chaque côté l’approuve.", "date");
        return string.IsNullOrWhiteSpace(reason)
            ? Refusal.Invalid("agreement-invalid", "Say why it is not renewed.", "Dites pourquoi il n’est pas renouvelé.", "reason") : null;
    }

    internal static async Task<Outcome<(Agreement Agreement, PortfolioRecord Record, IReadOnlyList<string> Sides)>> FindAsync(Work work, string key, Permission permission, CancellationToken ct)
    {
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        var record = whole.For(work.Actor);
        if (record.FindAgreement(key) is not { } agreement) return Drafting.Unknown(key);
        var sides = Drafting.Sides(work, whole, agreement);
        if (Permissions.Refuse(work.Actor, permission, sides, $"structures/{agreement.Structure}") is { } refusal) return refusal;
        return (agreement, record, sides);
    }

    // The cells given, over those that the verb knows; this record is the source where none is named.
    internal static Dictionary<string, string> Sourced(IReadOnlyDictionary<string, string> cells, params IEnumerable<(string Column, string Text)> known)
    {
        var row = cells.Where(c => !string.IsNullOrWhiteSpace(c.Value)).ToDictionary(c => c.Key, c => c.Value.Trim(), StringComparer.Ordinal);
        foreach (var (column, text) in known) row[column] = text;
        row.TryAdd("source", OwnSource.Key);
        return row;
    }
}
