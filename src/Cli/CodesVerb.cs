using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Codes: which participant codes of CORDIS are an organisation's, on what evidence, and what each is worth.</summary>
static class CodesVerb
{
    public static Command Codes()
    {
        var organisation = Verb.Argument("ORGANISATION", new("Key, ROR id or exact name of an organisation", "Clé, identifiant ROR ou nom exact d’une organisation"));
        var with = Verb.Option<string>("--with", "B", new("Another organisation: tells the joint projects that hang on each code", "Une autre organisation\u202F: indique les projets communs qui tiennent à chaque code"));
        var vintage = Verb.Option<string>("--vintage", "V", new("A vintage of CORDIS (default: the newest real one)", "Un millésime de CORDIS (par défaut, le plus récent qui soit réel)"));
        return Verb.Of("codes", new("Which EU participant codes (PIC) are an organisation’s, and why", "Quels codes de participant européens (PIC) sont ceux d’une organisation, et pourquoi"),
            [organisation, with, vintage, Verb.Json], async (session, line, ct) =>
            {
                var found = ParticipantCodes.Of(await session.WorkAsync(ct), line.GetValue(organisation)!, line.GetValue(with), line.GetValue(vintage));
                if (found.Refusal is { } refusal) return refusal;
                session.Answer(line, found.Value, links => Write(session, links));
                return null;
            });
    }

    static void Write(Session session, CodeLinks links)
    {
        session.Line(new Said($"{links.Organisation}: codes in {links.Vintage}. Figures count those that the portfolio gives; the others are proposed.",
            $"{links.Organisation}\u202F: codes de {links.Vintage}. Les chiffres comptent ceux que donne le portefeuille\u202F; les autres sont proposés."));
        session.Table([new("code", "code"), new("name", "nom"), new("country", "pays"), new("confidence", "confiance"), new("because of", "en raison de"), new("projects", "projets"), new("joint", "communs")],
            links.Links.Select(link => (string[])[link.Pic, link.Name, link.Country, session.Number(link.Confidence, 2),
                string.Join(", ", link.Grounds.Select(ground => session.Say(Word(ground)))), session.Number(link.Projects), link.Joint is { } joint ? session.Number(joint) : ""]));
    }

    static Said Word(CodeGround ground) => ground switch
    {
        CodeGround.Decision => new("decision", "décision"),
        CodeGround.Identifier => new("tax number", "numéro fiscal"),
        CodeGround.Website => new("website", "site"),
        CodeGround.Name => new("name", "nom"),
        CodeGround.Acronym => new("acronym", "sigle"),
        _ => new("town", "ville"),
    };
}
