using System.Text.Json.Nodes;

namespace Entente.Web.Tests.Cli;

/// <summary>The verb import table, end to end.</summary>
public sealed class TableCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-table-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    Task<(int Code, string Out, string Error)> Import(string path, params string[] more) => RunAsync(["import", "table", path, .. more]);

    async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        var run = await EntenteProcess.RunAsync([.. args, "--data", Path.Combine(_folder, "data")]);
        return (run.Code, run.Out, run.Error);
    }

    [Fact]
    public async Task A_table_is_looked_at_then_written_and_refused_rows_are_named()
    {
        var path = Write("synthetic.csv", "key,kind,name,ror\nsynthetic-a,institution,Synthetic A,\nsynthetic-b,club,Synthetic B,\nsynthetic-c,institution,Synthetic C,02feahw73\n");
        var dry = JsonNode.Parse((await Import(path, "--as", "organisations", "--dry-run", "--json")).Out)!;
        Assert.Equal((3, 1, 2, false), ((int)dry["rows"]!, (int)dry["accepted"]!, (int)dry["rejected"]!, (bool)dry["written"]!));
        var reasons = dry["refused"]!.AsArray().Select(r => $"{r!["line"]} {r["reasons"]![0]!["column"]}: {r["reasons"]![0]!["reason"]}").ToList();
        Assert.StartsWith("3 kind: “club” is not one of", reasons[0], StringComparison.Ordinal);
        Assert.Equal("4 ror: “02feahw73” belongs to cnrs already.", reasons[1]);

        var run = await Import(path, "--as", "organisations");
        Assert.Equal(0, run.Code);
        Assert.Contains("1 added, 0 changed, 0 as they are, 2 refused", run.Error, StringComparison.Ordinal);
        Assert.Matches("3 +refused +Synthetic B +kind +“club”", run.Out);
        var again = await Import(path, "--as", "organisations", "--json", "--lang", "fr");
        Assert.Equal((0, 1), (again.Code, (int)JsonNode.Parse(again.Out)!["unchanged"]!));
        Assert.Contains("Rien n’a été écrit", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_imported_says_why_and_how_badly()
    {
        Assert.Equal(1, (await Import(Path.Combine(_folder, "none.csv"))).Code);
        Assert.Equal(2, (await Import(Write("a.csv", "a,b\n1,2\n"), "--as", "nothing")).Code);
        var all = await Import(Write("b.csv", "key,kind,name\nx,club,X\n"), "--as", "organisations");
        Assert.Equal(1, all.Code);
        Assert.Contains("Every line was refused", all.Error, StringComparison.Ordinal);
        Assert.Contains("PDF", (await Import(Write("c.csv", "%PDF-1.7"))).Error, StringComparison.Ordinal);
    }
}
