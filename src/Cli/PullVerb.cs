using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Pull;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Pull, one verb per service.</summary>
static class PullVerb
{
    /// <summary>Where the key is looked for. It is read here and handed on; nothing writes it.</summary>
    const string Key = "OPENALEX_API_KEY";

    static readonly Option<string[]> Between = Verb.Values("--between", 2, "A B", new("Works of both organisations", "Les publications des deux organisations"));
    static readonly Option<string> Of = Verb.Option<string>("--of", "A", new("Works of one organisation", "Les publications d’une organisation"));
    static readonly Option<string> With = Verb.Option<string>("--with", "CC", new("Only those with a country (with --of)", "Seulement celles avec un pays (avec --of)"));
    static readonly Option<string> Window = Verb.Option<string>("--years", "A-B", new("In these years", "Pour ces années"), required: true);
    static readonly Option<string> From = Verb.Option<string>("--from", "URL", new("Address of the API (default: data/endpoints.csv)", "Adresse de l’API (par défaut\u202F: data/endpoints.csv)"));

    public static Command OpenAlex() => Verb.Of("openalex",
        new($"All works of a pair or of one organisation from the API of OpenAlex; broken off, the same line goes on. Key: {Key} in the environment",
            $"Toutes les publications d’une paire ou d’une organisation depuis l’API d’OpenAlex\u202F; interrompue, la même ligne reprend. Clé\u202F: {Key} dans l’environnement"),
        [Between, Of, With, Window, From, Verb.Json],
        async (session, line, ct) =>
        {
            var question = Read(line);
            if (question.Refusal is { } malformed) return malformed;
            var from = line.GetValue(From) ?? Endpoints.AddressOf("openalex");
            if (!Uri.TryCreate(from, UriKind.Absolute, out var server))
                return Refusal.Usage("pull-address", $"“{from}” is not an address: write --from {Endpoints.AddressOf("openalex")}.",
                    $"«\u202F{from}\u202F» n’est pas une adresse\u202F: écrivez --from {Endpoints.AddressOf("openalex")}.", "from");
            var work = await session.WorkAsync(ct);
            var pulled = await Pulling.RunAsync(work, question.Value, server, Environment.GetEnvironmentVariable(Key), PullPace.Polite, session.Progress, ct);
            return ImportVerbs.Answer(session, line, pulled);
        });

    static Outcome<PullQuestion> Read(ParseResult line)
    {
        var (pair, one, with) = (line.GetValue(Between), line.GetValue(Of), line.GetValue(With));
        var years = Years.Parse(line.GetValue(Window)!);
        if (years.Refusal is { } refusal) return refusal;
        return (pair, one, with) switch
        {
            ([var a, var b], null, null) => new PullQuestion(a, b, null, years.Value),
            (null or [], { } a, _) => new PullQuestion(a, null, with, years.Value),
            _ => Refusal.Usage("pull-question", "Say which works: --between A B, or --of A, or --of A --with CC.",
                "Dites quelles publications\u202F: --between A B, ou --of A, ou --of A --with CC."),
        };
    }
}
