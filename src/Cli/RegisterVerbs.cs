using System.CommandLine;
using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Evidence.Rnsr;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Cli;

/// <summary>Import ror, cordis, rnsr.</summary>
static class RegisterVerbs
{
    public static Command Ror()
    {
        var paths = Verb.Several("PATH", new("Files, or folders of them: .json, .jsonl, .gz, or ROR’s .zip", "Fichiers, ou dossiers de fichiers\u202F: .json, .jsonl, .gz, ou le .zip de ROR"));
        var release = Verb.Option<string>("--release", "R", new("The release, such as v2.9", "La version, par exemple v2.9"), required: true);
        return Verb.Of("ror", new("Import a release of ROR", "Importer une version de ROR"), [paths, release, ImportVerbs.Complete, Verb.Json], (session, line, ct) => Import(session, line,
            work => RorImport.RunAsync(work, line.GetValue(paths)!, line.GetValue(release)!, line.GetValue(ImportVerbs.Complete), session.Progress, ct), ct));
    }

    public static Command Cordis()
    {
        var paths = Verb.Several("PATH", new("organization.csv, project.csv, topics.csv, euroSciVoc.csv, legalBasis.csv, plain, .gz or CORDIS’s .zip", "organization.csv, project.csv, topics.csv, euroSciVoc.csv, legalBasis.csv, bruts, .gz, ou le .zip de CORDIS"));
        var asOf = Verb.Option<string>("--as-of", "DATE", new("The date of the tables, such as 2020-12-14", "La date des tables, par exemple 2020-12-14"), required: true);
        return Verb.Of("cordis", new("Import the tables of CORDIS as of a date", "Importer les tables de CORDIS à une date"), [paths, asOf, ImportVerbs.Complete, Verb.Json], (session, line, ct) =>
        {
            var written = line.GetValue(asOf)!;
            return DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? Import(session, line, work => CordisImport.RunAsync(work, line.GetValue(paths)!, date, line.GetValue(ImportVerbs.Complete), session.Progress, ct), ct)
                : Task.FromResult<Refusal?>(Refusal.Usage("as-of", $"“{written}” is not a date: write it as 2020-12-14.", $"«\u202F{written}\u202F» n’est pas une date\u202F: écrivez par exemple 2020-12-14.", "as-of"));
        });
    }

    public static Command Rnsr()
    {
        var paths = Verb.Several("PATH", new("The register’s table, plain or .gz", "La table du répertoire, brute ou .gz"));
        return Verb.Of("rnsr", new("Import France’s register of research structures", "Importer le répertoire national des structures de recherche"), [paths, ImportVerbs.Complete, Verb.Json], (session, line, ct) =>
            Import(session, line, work => RnsrImport.RunAsync(work, line.GetValue(paths)!, line.GetValue(ImportVerbs.Complete), session.Progress, ct), ct));
    }

    static async Task<Refusal?> Import(Session session, ParseResult line, Func<Work, Task<Outcome<ImportResult>>> import, CancellationToken ct) =>
        ImportVerbs.Answer(session, line, await import(await session.WorkAsync(ct)));
}
