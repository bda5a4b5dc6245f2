using System.Text;
using Entente.Core.Portfolio;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio;

public sealed class PortfolioErrorTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-portfolio-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    const string Sources = "key,kind,title,publisher\nS1,document,A page,A publisher\n";
    const string Organisations = "key,kind,name,ror,country,source\ncnrs,institution,CNRS,02feahw73,FR,S1\n";

    void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    IEnumerable<string> Errors(string file, string text)
    {
        Write("sources.csv", Sources);
        Write("organisations.csv", Organisations);
        Write(file, text);
        return PortfolioReading.Read(_folder).Errors.Select(e => e.Said.En);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "organisations.csv", "key,kind,name,source,colour\ncnrs,institution,CNRS,S1,blue\n", "organisations.csv, line 1, field colour: no such column" },
        { "organisations.csv", "key,name,source\ncnrs,CNRS,S1\n", "organisations.csv, line 1, field kind: this column is required and missing." },
        { "organisations.csv", "key,key,kind,name,source\na,a,institution,A,S1\n", "organisations.csv, line 1, field key: the column stands there twice." },
        { "organisations.csv", "key;kind;name;source\ncnrs;institution;CNRS;S1\n", "organisations.csv, line 1: the columns are separated by semicolons: use commas." },
        { "organisations.csv", "", "organisations.csv: the file is empty" },
        { "organisations.csv", "key,kind,name,source\ncnrs,institution,,S1\n", "organisations.csv, line 2, field name: this cell is required and empty." },
        { "organisations.csv", "key,kind,name,source\ncnrs,institution,CNRS,\n", "organisations.csv, line 2, field source: this cell is required and empty." },
        { "organisations.csv", "key,kind,name,source\ncnrs,institution,CNRS,S9\n", "organisations.csv, line 2, field source: “S9” is not a key of sources.csv." },
        { "organisations.csv", "key,kind,name,source\nthe cnrs,institution,CNRS,S1\n", "organisations.csv, line 2, field key: “the cnrs” is not a key" },
        { "organisations.csv", "key,kind,name,source\ncnrs,club,CNRS,S1\n", "organisations.csv, line 2, field kind: “club” is not one of institution, institute, laboratory." },
        { "organisations.csv", "key,kind,name,ror,source\ncnrs,institution,CNRS,123,S1\n", "organisations.csv, line 2, field ror: “123” is not a ROR id" },
        { "organisations.csv", "key,kind,name,country,source\ncnrs,institution,CNRS,France,S1\n", "organisations.csv, line 2, field country: “France” is not an ISO country code" },
        { "organisations.csv", "key,kind,name,source\na,institution,A,S1\na,institution,B,S1\n", "organisations.csv, line 3, field key: “a” stands already in line 2." },
        { "organisations.csv", "key,kind,name,ror,source\na,institution,A,02feahw73,S1\nb,institution,B,02feahw73,S1\n", "organisations.csv, line 3, field ror: “02feahw73” stands already in line 2." },
        { "organisations.csv", "key,kind,name,source\n\"a\",institution,\"A\nB\",S1\nb,institution,B\n", "organisations.csv, line 4: the row has 3 cells where the header has 4" },
        { "organisations.csv", "key,kind,name,parent,source\na,institution,A,nobody,S1\n", "organisations.csv, line 2, field parent: “nobody” is not a key of organisations.csv." },
        { "names.csv", "organisation,name,kind,since,source\ncnrs,X,also,20014,S1\n", "names.csv, line 2, field since: “20014” is not a date: write 2014, 2014-05 or 2014-05-20." },
        { "names.csv", "organisation,name,kind,since,until,source\ncnrs,X,also,2014,2012,S1\n", "names.csv, line 2, field until: it ends before it begins." },
        { "identifiers.csv", "organisation,structure,scheme,value,source\n,,rnsr,1,S1\n", "identifiers.csv, line 2, field organisation: name either an organisation or a structure, not both." },
        { "instruments.csv", "key,code,issuers,family,name,description,description_fr,source\nirl,IRL,cnrs; nobody,laboratory,L,D,D,S1\n", "instruments.csv, line 2, field issuers: “nobody” is not a key of organisations.csv." },
        { "sources.csv", "key,kind,title,publisher,url\nS1,document,A,B,ftp://x\n", "sources.csv, line 2, field url: “ftp://x” is not a web address" },
        { "claims.csv", "key,topic,topic_fr,measure,text,text_fr,value,unit,kind,period,source\nc,T,T,m,t,t,many,u,flow,2020,S1\n", "claims.csv, line 2, field value: “many” holds no single number" },
        { "claims.csv", "key,topic,topic_fr,measure,text,text_fr,value,unit,kind,period,source,wording\nc,T,T,m,t,t,50,u,flow,2020,S1,over 50\n", "claims.csv, line 2, field wording: the quoted words must occur in the value." },
        { "projects.csv", "key\n", "projects.csv: no table of a portfolio has this name" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void An_error_names_file_line_and_field(string file, string text, string expected) =>
        Assert.Contains(Errors(file, text), said => said.StartsWith(expected, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Wrong))]
    public void An_error_is_said_in_French_with_the_same_place(string file, string text, string expected)
    {
        _ = Errors(file, text).ToList();
        var error = PortfolioReading.Read(_folder).Errors.First(e => e.Said.En.StartsWith(expected, StringComparison.Ordinal));
        Assert.StartsWith(error.Said.En.Split(':')[0].Replace("line", "ligne", StringComparison.Ordinal).Replace("field", "champ", StringComparison.Ordinal), error.Said.Fr, StringComparison.Ordinal);
        Assert.NotEqual(error.What.En, error.What.Fr);
    }

    [Fact]
    public void Every_error_is_told_at_once_in_order_of_file_and_line()
    {
        Write("sources.csv", Sources);
        Write("organisations.csv", "key,kind,name,country,source\na,club,A,France,S9\nb,institution,,FR,S1\n");
        Write("names.csv", "organisation,name,kind,source\nnobody,X,also,S1\n");
        Assert.Equal(["names.csv 2 organisation", "organisations.csv 2 kind", "organisations.csv 2 country", "organisations.csv 3 name"],
            PortfolioReading.Read(_folder).Errors.Select(e => $"{e.File} {e.Line} {e.Field}"));
    }

    [Fact]
    public void One_bad_row_is_one_error_and_not_one_for_each_row_that_names_it()
    {
        Write("sources.csv", Sources);
        Write("organisations.csv", "key,kind,name,source\na,club,A,S1\nb,institution,B,S1,more\n");
        Write("names.csv", "organisation,name,kind,source\na,X,also,S1\nb,Y,also,S1\n");
        Assert.Equal(["organisations.csv 2 kind", "organisations.csv 3 "], PortfolioReading.Read(_folder).Errors.Select(e => $"{e.File} {e.Line} {e.Field}"));
    }

    [Fact]
    public void A_table_that_cannot_be_read_is_one_error()
    {
        Write("sources.csv", Sources);
        Write("organisations.csv", "key,kind,name,source,colour\na,institution,A,S1,blue\n");
        Write("names.csv", "organisation,name,kind,source\na,X,also,S1\nb,Y,also,S1\n");
        Assert.Equal(["organisations.csv 1 colour"], PortfolioReading.Read(_folder).Errors.Select(e => $"{e.File} {e.Line} {e.Field}"));
    }

    [Fact]
    public void A_file_that_is_missing_is_named_once()
    {
        Write("organisations.csv", Organisations);
        Write("names.csv", "organisation,name,kind,source\ncnrs,X,also,S1\ncnrs,Y,also,S1\n");
        var error = Assert.Single(PortfolioReading.Read(_folder).Errors);
        Assert.Equal("sources.csv: this file is missing: names.csv names “S1” of it in line 2.", error.Said.En);
    }

    [Fact]
    public async Task A_refusal_lists_fifty_errors_and_counts_the_others()
    {
        await using var world = await TestWorld.OpenAsync();
        Write("sources.csv", Sources);
        Write("organisations.csv", "key,kind,name,source\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"o{i},club,A,S1\n")));
        var lines = (await PortfolioLoading.LoadAsync(world.Work, _folder, default)).Refusal!.Message.En.Split('\n');
        Assert.Equal(52, lines.Length);
        Assert.Equal("and 10 more", lines[^1]);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_told_with_its_line()
    {
        Write("sources.csv", Sources);
        File.WriteAllBytes(Path.Combine(_folder, "organisations.csv"), Encoding.Latin1.GetBytes("key,kind,name,source\na,institution,A,S1\nb,institution,Côte,S1\n"));
        Assert.Contains(PortfolioReading.Read(_folder).Errors, e => e is { File: "organisations.csv", Line: 3 } && e.What.En.Contains("not UTF-8", StringComparison.Ordinal));
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_no_error() =>
        Assert.Equal([], Errors("sources.csv", "\uFEFF" + Sources.Replace("\n", "\r\n", StringComparison.Ordinal)));

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_wrong_folder_changes_nothing(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default);
        Write("organisations.csv", "key,kind,name,source\ncnrs,club,CNRS,S1\n");
        var refusal = (await PortfolioLoading.LoadAsync(world.Work, _folder, default)).Refusal!;
        Assert.Equal(("portfolio-invalid", "portfolio"), (refusal.Code, refusal.Field));
        Assert.Equal(17, await world.Db.Structures.CountAsync());
        Assert.Equal(1, await world.Db.Journal.CountAsync());
    }

    [Fact]
    public async Task A_missing_or_empty_folder_is_refused()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.Equal("portfolio-missing", (await PortfolioLoading.LoadAsync(world.Work, Path.Combine(_folder, "nothing"), default)).Refusal?.Code);
        Assert.Equal("portfolio-invalid", (await PortfolioLoading.LoadAsync(world.Work, _folder, default)).Refusal?.Code);
    }
}
