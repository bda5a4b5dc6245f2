using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Explain: what moved a figure.</summary>
static class ExplainVerb
{
    public static Command Explain()
    {
        var asks = new QuestionOptions();
        var vintage = Verb.Option<string>("--to-vintage", "V", new("The later vintage", "Le second millésime"));
        var release = Verb.Option<string>("--to-release", "R", new("The later ROR release", "La seconde version de ROR"));
        var membership = Verb.Option<string>("--to-membership", "M", new("The later membership", "La seconde appartenance"));
        return Verb.Of("explain", new("Say what moved a figure between two vintages, releases or memberships", "Dire ce qui a fait bouger un chiffre entre deux millésimes, versions ou appartenances"),
            [.. asks.All, vintage, release, membership, Verb.Json], async (session, line, ct) =>
            {
                if (line.GetValue(vintage) is null && line.GetValue(release) is null && line.GetValue(membership) is null)
                    return Refusal.Usage("explain", "Say what to compare with: --to-vintage V, --to-release R or --to-membership M.", "Dites à quoi comparer\u202F: --to-vintage V, --to-release R ou --to-membership M.");
                var before = asks.Read(line);
                if (before.Refusal is { } malformed) return malformed;
                var word = line.GetValue(membership) is { } told ? (Outcome<Question>?)Question.Read(before.Value.Figure, null, null, null, null, told, null) : null;
                if (word?.Refusal is { } noMembership) return noMembership;
                var after = before.Value with
                {
                    Vintage = line.GetValue(vintage) ?? before.Value.Vintage,
                    Release = line.GetValue(release) ?? before.Value.Release,
                    Membership = word?.Value.Membership ?? before.Value.Membership,
                };
                var move = Explaining.Explain(await session.WorkAsync(ct), before.Value, after, ct);
                if (move.Refusal is { } refusal) return refusal;
                session.Answer(line, move.Value, told => Write(session, before.Value, after, told), FigureJson.In(session.Lang));
                return null;
            });
    }

    static void Write(Session session, Question before, Question after, FigureMove move)
    {
        var page = new FigurePage(session, before);
        session.Line(page.Title(move.Before));
        session.Line("");
        session.Table([new("what", "quoi"), move.Unit == "share" ? new("move, in points", "mouvement, en points") : new("move", "mouvement"), new("came in", "entrées"), new("went", "sorties")],
        [
            [session.Say(new Said("before", "avant")), page.Number(move.Before.Value, move.Unit), "", ""],
            .. move.Parts.Select(part => (string[])[session.Say(Name(part.Cause)), page.Change(part.Amount, move.Unit), session.Number(part.In), session.Number(part.Out)]),
            [session.Say(new Said("after", "après")), page.Number(move.After.Value, move.Unit), "", ""],
        ]);
        session.Line("");
        session.Line(Of(new("before", "avant"), move.Before, before));
        session.Line(Of(new("after", "après"), move.After, after));
    }

    static Said Of(Said when, FigureAnswer answer, Question question)
    {
        var release = question.Release is { } told ? $", ROR {told}" : "";
        if (answer.Unit == "projects") return new($"{when.En}: {answer.Vintage}", $"{when.Fr}\u202F: {answer.Vintage}");
        var by = FigurePage.ByMembership(question.Membership);
        return new($"{when.En}: {answer.Vintage}, {by.En}{release}", $"{when.Fr}\u202F: {answer.Vintage}, {by.Fr}{release}");
    }

    static Said Name(MoveCause cause) => cause switch
    {
        MoveCause.Definition => new("definition", "définition"),
        MoveCause.Registration => new("registration", "enregistrement"),
        MoveCause.Withdrawn => new("withdrawn", "retraits"),
        MoveCause.Added => new("added", "ajouts"),
        MoveCause.Reclassified => new("reclassification", "reclassement"),
    };
}
