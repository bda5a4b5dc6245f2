using System.CommandLine;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Merge: fewer and fuller segments for a vintage that was updated often. Prints the vintage's id, which stays.</summary>
static class MergeVerb
{
    public static Command Merge()
    {
        var vintage = new Argument<string?>("VINTAGE")
        {
            Description = About.Both(new("A vintage of works (default: the newest real one)", "Un millésime de publications (par défaut, le plus récent qui soit réel)")),
            Arity = ArgumentArity.ZeroOrOne,
        };
        return Verb.Of("merge", new("Write the small segments of a vintage anew, together; no figure changes", "Réécrire ensemble les petits segments d’un millésime\u202F; aucun chiffre ne change"), [vintage, Verb.Json],
            async (session, line, ct) =>
            {
                var done = await Merging.RunAsync(await session.WorkAsync(ct), line.GetValue(vintage), session.Progress, ct);
                if (done.Refusal is { } refusal) return refusal;
                session.Answer(line, done.Value, result => session.Line(result.Vintage));
                session.Out.Flush();
                session.Terminal.Error.WriteLine(session.Say(Summary(session, done.Value)));
                return null;
            });
    }

    static Said Summary(Session session, MergeResult result)
    {
        if (result.Works == 0 && result.Dropped == 0) return new("There was nothing to merge.", "Il n’y avait rien à fusionner.");
        var (before, after, works, dropped, seconds) = (session.Number(result.Before), session.Number(result.After), session.Number(result.Works),
            session.Number(result.Dropped), session.Number(Math.Round(result.Seconds, 1)));
        return new($"{before} segments became {after} in {seconds} s: {works} works written anew, {dropped} records left behind that did not stand",
            $"{before} segments devenus {after} en {seconds} s\u202F: {works} publications réécrites, {dropped} notices périmées laissées");
    }
}
