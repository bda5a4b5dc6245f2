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
                session.Answer(line, move.Value, told => Write(session, told), FigureJson.In(session.Lang));
                return null;
            });
    }

    static void Write(Session session, FigureMove move)
    {
        string Number(double? value) => value is { } v ? session.Number(v, 6) : "–";
        session.Table([new("what", "quoi"), new("move", "mouvement"), new("came in", "entrées"), new("went", "sorties")],
        [
            [session.Say(new Said("before", "avant")), Number(move.Before.Value), "", ""],
            .. move.Parts.Select(part => (string[])[session.Say(Name(part.Cause)), Number(part.Amount), session.Number(part.In), session.Number(part.Out)]),
            [session.Say(new Said("after", "après")), Number(move.After.Value), "", ""],
        ]);
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
