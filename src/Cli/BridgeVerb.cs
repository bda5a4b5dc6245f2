using System.CommandLine;
using Entente.Core.Evidence;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>Bridge: a series that goes on in another source.</summary>
static class BridgeVerb
{
    public static Command Bridge()
    {
        var asks = new QuestionOptions();
        var vintage = Verb.Option<string>("--from-vintage", "V", new("The vintage of the old series", "Le millésime de l’ancienne série"));
        var series = Verb.Option<string>("--series", "FILE.csv", new("The old series as a table: a year and a value a line", "L’ancienne série en tableau\u202F: une année et une valeur par ligne"));
        return Verb.Of("bridge", new("Lay two series end to end, with a factor over the years that both have", "Mettre deux séries bout à bout, avec un facteur sur leurs années communes"),
            [.. asks.All, vintage, series, Verb.Json], async (session, line, ct) =>
            {
                var question = asks.Read(line);
                if (question.Refusal is { } malformed) return malformed;
                var (earlier, file) = (line.GetValue(vintage), line.GetValue(series));
                if (earlier is null == file is null)
                    return Refusal.Usage("bridge", "Name one old series: --from-vintage V or --series FILE.csv.", "Nommez une ancienne série\u202F: --from-vintage V ou --series FILE.csv.");
                if (file is not null && !File.Exists(file))
                    return Refusal.Invalid("no-file", $"There is no file {file}. Name the file that holds the series.", $"Il n’y a pas de fichier {file}. Nommez le fichier qui contient la série.");
                var work = await session.WorkAsync(ct);
                var bridged = file is null ? Bridging.Bridge(work, question.Value, earlier!, ct)
                    : Bridging.BridgeCsv(work, question.Value, Path.GetFileName(file), await File.ReadAllTextAsync(file, ct), ct);
                if (bridged.Refusal is { } refusal) return refusal;
                session.Answer(line, bridged.Value, told => Write(session, told), FigureJson.In(session.Lang));
                return null;
            });
    }

    static void Write(Session session, SeriesBreak told)
    {
        string Number(double? value) => value is { } v ? session.Number(v, 6) : "–";
        session.Line(told.Factor is null ? new Said("No year has a value in both series: there is no factor.", "Aucune année n’a de valeur dans les deux séries\u202F: il n’y a pas de facteur.")
            : new Said($"factor {Number(told.Factor)} [{Number(told.Interval.Lower)}, {Number(told.Interval.Upper)}] over {told.Overlap}", $"facteur {Number(told.Factor)} [{Number(told.Interval.Lower)}\u202F; {Number(told.Interval.Upper)}] sur {told.Overlap}"));
        session.Line("");
        session.Table([new("year", "année"), new("old", "ancienne"), new("new", "nouvelle"), new("bridged", "raccordée"), new("at least", "au moins"), new("at most", "au plus"), new("", "")],
            told.Years.Select(y => (string[])[y.Year.ToString(System.Globalization.CultureInfo.InvariantCulture), Number(y.Old), Number(y.New), Number(y.Bridged), Number(y.BridgedLower), Number(y.BridgedUpper),
                y.Break ? session.Say(new Said("═ break", "═ rupture")) : ""]));
    }
}
