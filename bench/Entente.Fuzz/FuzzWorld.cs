using System.Globalization;
using System.Text;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;

namespace Entente.Fuzz;

/// <summary>A data folder with one small vintage of works.</summary>
sealed class FuzzWorld : IDisposable
{
    readonly Scratch _scratch = new();
    readonly Db _db;

    public FuzzWorld()
    {
        Folder = new(_scratch.Path);
        _db = Folder.OpenDb();
        Work = new(_db, Folder, Actor.CommandLine, TimeProvider.System);
        Vintage = BeginAsync().GetAwaiter().GetResult();
    }

    public DataFolder Folder { get; }
    public Work Work { get; }
    public string Vintage { get; }

    async Task<string> BeginAsync()
    {
        await Migrator.RunAsync(_db, default);
        await Portfolios.EnsureAsync(Work, Portfolios.None, default);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 40).Select(Line)) + "nonsense\n");
        var path = Path.Combine(_scratch.Path, "works.jsonl");
        await File.WriteAllBytesAsync(path, text);
        return (await OpenAlexImport.RunAsync(Work, [path], "fuzz", Coverage.Complete, null, default)).Value.Vintage;
    }

    /// <summary>A work of one to four organisations in as many countries, with topic, funder and goal.</summary>
    public static string Line(int n) => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"id":"https://openalex.org/W{{{n}}}","title":"Work {{{n}}} é","doi":"https://doi.org/10.1/{{{n}}}","publication_year":{{{2000 + n % 7}}},"type":"{{{(n % 3 == 0 ? "book" : "article")}}}","cited_by_count":{{{n}}},"fwci":1.5,"authorships":[{{{string.Join(',', Enumerable.Range(0, n % 4 + 1).Select(i => Authorship(n + i)))}}}],"primary_topic":{"id":"https://openalex.org/T{{{n % 5 + 1}}}","display_name":"t","subfield":{"id":"https://openalex.org/subfields/{{{n % 3 + 1}}}"},"field":{"id":"https://openalex.org/fields/2"},"domain":{"id":"https://openalex.org/domains/1"}},"funders":[{"id":"https://openalex.org/F{{{n % 3 + 1}}}"}],"sustainable_development_goals":[{"id":"https://metadata.un.org/sdg/{{{n % 17 + 1}}}"}]}""") + "\n";

    static string Authorship(int n) => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"institutions":[{"id":"https://openalex.org/I{{{n % 6 + 1}}}","ror":"https://ror.org/0{{{n % 6 + 1}}}abcde00","display_name":"Unit {{{n % 6}}}","country_code":"{{{(n % 2 == 0 ? "FR" : "GB")}}}","lineage":["https://openalex.org/I{{{n % 6 + 1}}}","https://openalex.org/I1"]}]}""");

    public static string RorOf(int n) => $"0{n % 6 + 1}abcde00";

    public void Dispose()
    {
        _db.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _scratch.Dispose();
    }
}
