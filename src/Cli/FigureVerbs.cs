using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Figure, works, verify.</summary>
static class FigureVerbs
{
    public static Command Figure()
    {
        var asks = new QuestionOptions();
        var receipt = Verb.Option<string>("--receipt", "DIR", new(
            "Write receipt.json, and members.csv where its SQL needs it, into DIR", "Écrire receipt.json, et members.csv si son SQL en a besoin, dans DIR"));
        var stability = Verb.Option<ulong?>("--stability", "SEED", new("Also draw a stability interval, by bootstrap", "Tirer aussi un intervalle de stabilité, par bootstrap"));
        return Verb.Of("figure", new("Compute a figure, with its receipt", "Calculer un chiffre, avec son reçu"), [.. asks.All, receipt, stability, Verb.Engine, Verb.Json],
            async (session, line, ct) =>
            {
                var read = asks.Read(line);
                if (read.Refusal is { } malformed) return malformed;
                var question = read.Value with { Stability = line.GetValue(stability) };
                var asking = await session.AskingAsync(line, ct);
                if (asking.Refusal is { } unasked) return unasked;
                var answer = Figures.Ask(asking.Value, question, receipt: true, ct);
                if (answer.Refusal is { } refusal) return refusal;
                if (line.GetValue(receipt) is { } folder) Write(folder, answer.Value.Receipt!);
                session.Answer(line, answer.Value, new FigurePage(session, question).Write, FigureJson.In(session.Lang));
                return null;
            });
    }

    static void Write(string folder, Receipt receipt)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "receipt.json"), Receipts.Text(receipt) + "\n");
        if (Receipts.Members(receipt) is { } members) File.WriteAllText(Path.Combine(folder, "members.csv"), members);
    }

    public static Command Works()
    {
        var asks = new QuestionOptions();
        var upper = Verb.Flag("--upper", new("Also the works only in the upper bound", "Aussi les publications seulement dans la borne supérieure"));
        var part = Verb.Option<string>("--part", "numerator|denominator", new("Of a share: which works (default: numerator)", "D’une part\u202F: quelles publications (par défaut\u202F: numerator)"));
        return Verb.Of("works", new("List the works behind a figure, one per line, id first", "Lister les publications derrière un chiffre, une par ligne, l’identifiant d’abord"),
            [.. asks.All, upper, part, Verb.Engine, Verb.Json], async (session, line, ct) =>
            {
                var question = asks.Read(line);
                if (question.Refusal is { } malformed) return malformed;
                if (line.GetValue(part) is not (null or "numerator" or "denominator"))
                    return Refusal.Usage("part", "--part is numerator or denominator.", "--part est numerator ou denominator.", "part");
                var asking = await session.AskingAsync(line, ct);
                if (asking.Refusal is { } unasked) return unasked;
                var works = Figures.Works(asking.Value, question.Value, line.GetValue(upper), ct, line.GetValue(part) == "denominator");
                if (works.Refusal is { } refusal) return refusal;
                session.Answer(line, works.Value, list =>
                {
                    foreach (var work in list) session.Line(WorksLine.Of(work));
                }, Receipt.Json);
                return null;
            });
    }

    public static Command Verify()
    {
        var file = Verb.Argument("RECEIPT.json", new("A receipt, or a figure’s --json answer", "Un reçu, ou la réponse --json d’un chiffre"));
        file.Arity = ArgumentArity.ZeroOrOne;
        var journal = Verb.Flag("--journal", new("Check the chain of the journal instead", "Vérifier plutôt la chaîne du journal"));
        var folder = Verb.Flag("--folder", new("Check all vintages, their sources and the kept receipts instead", "Vérifier plutôt tous les millésimes, leurs sources et les reçus gardés"));
        return Verb.Of("verify", new("Recompute a receipt, or check the journal or the whole folder", "Recalculer un reçu, ou vérifier le journal ou tout le dossier"), [file, journal, folder, Verb.Engine, Verb.Json], async (session, line, ct) =>
        {
            if (new[] { line.GetValue(journal), line.GetValue(folder), line.GetValue(file) is not null }.Count(named => named) != 1)
                return Refusal.Usage("verify", "Name one thing to verify: a receipt, --journal or --folder.", "Nommez une chose à vérifier\u202F: un reçu, --journal ou --folder.");
            if (line.GetValue(journal)) return await JournalCheckPage.RunAsync(session, line, ct);
            if (line.GetValue(folder)) return FolderCheckPage.Answer(session, line, Verifying.Folder(await session.WorkAsync(ct), ct));
            var path = line.GetValue(file)!;
            if (!File.Exists(path))
                return Refusal.Invalid("no-file", $"There is no file {path}. Name the file that holds the receipt.", $"Il n’y a pas de fichier {path}. Nommez le fichier qui contient le reçu.");
            var asking = await session.AskingAsync(line, ct);
            if (asking.Refusal is { } unasked) return unasked;
            var verified = Verifying.Verify(asking.Value, await File.ReadAllTextAsync(path, ct), ct);
            if (verified.Refusal is { } refusal) return refusal;
            session.Answer(line, verified.Value, verification => VerificationPage.Write(session, verification), FigureJson.In(session.Lang));
            return verified.Value.Verdict switch
            {
                Recomputation.Verified => null,
                Recomputation.Differs => Refusal.Invalid("does-not-recompute", verified.Value.Reason!.Value.En, verified.Value.Reason!.Value.Fr),
                Recomputation.Corrupt => throw new BrokenWorldException(verified.Value.Reason!.Value),
            };
        });
    }
}

/// <summary>What a question is made of on the command line; figure and works take the same.</summary>
sealed class QuestionOptions
{
    readonly Argument<string> _key = Verb.Argument("KEY", new($"The figure: {Indicators.Keys}", $"Le chiffre\u202F: {Indicators.Keys}"));
    readonly Option<string[]> _between = Verb.Values("--between", 2, "A B", new("Two organisations, by ROR id, key or exact name", "Deux organisations, par identifiant ROR, clé ou nom exact"));
    readonly Option<string> _of = Verb.Option<string>("--of", "A", new("One organisation", "Une organisation"));
    readonly Option<string> _with = Verb.Option<string>("--with", "CC", new("A statistical country, such as JP", "Un pays statistique, comme JP"));
    readonly Option<string> _years = Verb.Option<string>("--years", "A-B", new("A window of years, such as 2017-2022", "Une période, comme 2017-2022"));
    readonly Option<string> _membership = Verb.Option<string>("--membership", "M", new("direct, lineage (default) or perimeter", "direct, lineage (par défaut) ou perimeter"));
    readonly Option<string> _counting = Verb.Option<string>("--counting", "C", new("full (default), author, organisation or country", "full (par défaut), author, organisation ou country"));
    readonly Option<string> _kilometres = Verb.Option<string>("--kilometres", "N", new("From how far on a distance is long (default: 1000)", "À partir de quand une distance est longue (par défaut, 1000)"));
    readonly Option<string> _vintage = Verb.Option<string>("--vintage", "V", new("A vintage (default: the newest real one)", "Un millésime (par défaut, le plus récent qui soit réel)"));
    readonly Option<string> _release = Verb.Option<string>("--release", "R", new("A ROR release for perimeters and places (default: the highest)", "Une version de ROR pour les périmètres et les lieux (par défaut, la plus haute)"));

    readonly FilterOptions _filters = new();

    public IReadOnlyList<Symbol> All => [_key, _between, _of, _with, _years, _membership, _counting, _kilometres, .. _filters.All, _vintage, _release];

    public Outcome<Question> Read(ParseResult line)
    {
        var pair = line.GetValue(_between);
        // A pair and one organisation together are no question; the catalogue says what the figure takes.
        if (pair is { Length: 2 } && line.GetValue(_of) is not null)
            return Refusal.Usage("figure-options", "Ask with --between A B or with --of A, not with both.", "Demandez avec --between A B ou avec --of A, pas les deux.");
        var question = Question.Read(line.GetValue(_key)!, pair is { Length: 2 } ? pair[0] : line.GetValue(_of), pair is { Length: 2 } ? pair[1] : null,
            line.GetValue(_with), line.GetValue(_years), line.GetValue(_membership), line.GetValue(_counting));
        if (question.Refusal is not null) return question;
        var filters = Filters.Read(_filters.Words(line));
        if (filters.Refusal is { } malformed) return malformed;
        var kilometres = Question.ReadKilometres(line.GetValue(_kilometres));
        if (kilometres.Refusal is { } unmeasured) return unmeasured;
        return question.Value with { Filters = filters.Value, Kilometres = kilometres.Value, Vintage = line.GetValue(_vintage), Release = line.GetValue(_release) };
    }
}

/// <summary>A work on one line: id, year, type, title, doi, countsAs and, of fractional figures, weight, of projects topics and fields of science, with tabs between.</summary>
static class WorksLine
{
    public static string Of(WorkLine work)
    {
        var fields = new List<string?> { work.Id, work.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture), work.Type, work.Title, work.Doi, work.CountsAs };
        if (work.Weight is { } weight) fields.Add(CanonicalJson.Number(weight));
        if (work is { Topics: { } topics, Sciences: { } sciences }) fields.AddRange([string.Join("; ", topics), string.Join("; ", sciences)]);
        return string.Join('\t', fields.Select(OneField));
    }

    // Titles come with tabs and line ends of every kind; none may make a second field or a second line.
    static string OneField(string? text) => text is null ? "" : string.Join(' ', text.Split([.. text.Where(c => char.IsControl(c) || c is '\u2028' or '\u2029').Distinct()],
        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
