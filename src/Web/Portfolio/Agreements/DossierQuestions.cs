using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Rules;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>What a renewal should not be signed over: unknown dates, contradictions, what nobody but this record states, what is overdue or vacant.</summary>
static class DossierQuestions
{
    public static IEnumerable<OpenQuestion> Of(PortfolioRecord record, AgreementView view, IReadOnlyList<RuleFinding> findings) =>
    [
        .. Dates(record, view), .. Signatures(record, view), .. Money(record, view), .. Overdue(record, view), .. People(record, view, findings),
        .. Contradictions(record, view), .. Unsourced(record, view), .. Suspended(record, view),
    ];

    static IEnumerable<OpenQuestion> Dates(PortfolioRecord record, AgreementView view)
    {
        var (agreement, href) = (view.Agreement, $"/agreements/{view.Agreement.Key}#dates");
        if (agreement.Ends is null) yield return new(new("Its last day is unknown: nobody can say when it must be renewed.", "Son dernier jour est inconnu : nul ne peut dire quand le renouveler."), href);
        if (agreement.LeadMonths is null) yield return new(new("How long ahead a renewal must be begun is unknown.", "Le délai de renouvellement est inconnu."), href);
        if (agreement.Renewable is null) yield return new(new("Whether its text allows a renewal is unknown.", "On ignore si son texte permet un renouvellement."), href);
        var given = AgreementReading.DatesOf(record, agreement).Where(a => a.Date is not null).Select(a => a.DateKind).ToHashSet();
        if (record.Signatures[agreement.Key].Any(s => s.Date is not null)) given.Add(DateKind.Signed);
        var missing = FormOptions.Dates.Where(k => !given.Contains(k)).Select(PortfolioWords.Name).ToList();
        if (missing.Count > 0)
            yield return new(new($"Dates not published: {string.Join(", ", missing.Select(m => m.En))}.", $"Dates non publiées : {string.Join(", ", missing.Select(m => m.Fr))}."), href);
    }

    static IEnumerable<OpenQuestion> Signatures(PortfolioRecord record, AgreementView view)
    {
        var signed = record.Signatures[view.Agreement.Key].Select(s => record.RootOf(s.Side)).ToHashSet();
        var missing = view.Sides.Where(s => !signed.Contains(s)).Select(s => AgreementWords.Short(record, s)).ToList();
        if (missing.Count > 0)
            yield return new(new($"No signature on record for {string.Join(", ", missing)}.", $"Aucune signature au registre pour {string.Join(", ", missing)}."), $"/agreements/{view.Agreement.Key}#sides");
    }

    static IEnumerable<OpenQuestion> Money(PortfolioRecord record, AgreementView view)
    {
        var missing = SideMoney.Of(record, view.Structure.Key, view.Sides).Where(m => m.Lines.Count == 0).Select(m => AgreementWords.Short(record, m.Side)).ToList();
        if (missing.Count > 0)
            yield return new(new($"No amount on record for {string.Join(", ", missing)}.", $"Aucun montant au registre pour {string.Join(", ", missing)}."), $"/structures/{view.Structure.Key}");
    }

    static IEnumerable<OpenQuestion> Overdue(PortfolioRecord record, AgreementView view) => record.Deadlines
        .Where(d => (d.Agreement == view.Agreement.Key || d.Structure == view.Structure.Key) && d.Done is null && d.Due.Last < view.Today)
        .Select(d => new OpenQuestion(new($"Overdue since {d.Due.In(Lang.En)}: {d.SaidTitle.En}.", $"En retard {d.Due.Since().Fr} : {d.SaidTitle.Fr}."), $"/structures/{view.Structure.Key}"));

    static IEnumerable<OpenQuestion> People(PortfolioRecord record, AgreementView view, IReadOnlyList<RuleFinding> findings)
    {
        var href = $"/agreements/{view.Agreement.Key}/dossier#people";
        foreach (var role in record.RolesOf(view.Structure.Key).Where(r => r.Until is { } until && until.Last < view.Today))
            yield return new(new($"The term of {record.People[role.Person].Name} ended in {role.Until!.Value.In(Lang.En)}.",
                $"Le mandat de {record.People[role.Person].Name} a pris fin : {role.Until!.Value.In(Lang.Fr)}."), href);
        foreach (var vacancy in findings.Where(f => f.Place == FindingPlace.People)) yield return new(vacancy.Sentence, href);
    }

    static IEnumerable<OpenQuestion> Contradictions(PortfolioRecord record, AgreementView view) => Disagreements.Of(record, view.Structure)
        .Where(d => d.Verdict is Verdict.Contradictory or Verdict.Explainable)
        .Select(d => new OpenQuestion(new($"Sources differ on {d.Title.En}: {d.Reason.En}", $"Les sources divergent sur {d.Title.Fr} : {d.Reason.Fr}"), $"/structures/{view.Structure.Key}"));

    // What this record alone states has been checked by nobody outside it.
    static IEnumerable<OpenQuestion> Unsourced(PortfolioRecord record, AgreementView view)
    {
        var rows = new Cited[] { view.Agreement }.Concat(AgreementReading.PartiesOf(record, view.Agreement)).Concat(record.Signatures[view.Agreement.Key])
            .Concat(record.Money[view.Structure.Key]).Concat(record.Suspensions[view.Structure.Key]);
        var alone = rows.Count(r => r.Source.Sources.All(s => s == OwnSource.Key));
        if (alone > 0)
            yield return new(new(string.Create(CultureInfo.InvariantCulture, $"{alone} {(alone == 1 ? "statement has" : "statements have")} no source but this record."),
                string.Create(CultureInfo.InvariantCulture, $"{alone} {(alone == 1 ? "énoncé n’a" : "énoncés n’ont")} d’autre source que ce registre.")), $"/agreements/{view.Agreement.Key}");
    }

    static IEnumerable<OpenQuestion> Suspended(PortfolioRecord record, AgreementView view) => AgreementReading.Running(record, view.Structure.Key, view.Today)
        .Select(s => new OpenQuestion(new($"Suspended by {AgreementWords.Short(record, s.Side)} since {s.Since.In(Lang.En)}: {s.Scope}.",
            $"Suspendue par {AgreementWords.Short(record, s.Side)} {s.Since.Since().Fr} : {s.Scope}."), $"/structures/{view.Structure.Key}"));
}
