using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Sheets;
using Entente.Core.Store;

namespace Entente.Web.Tests.Portfolio.Sheets;

[Collection(SiteCollection.Name)]
public sealed class ExportTests(Site site)
{
    public static TheoryData<SheetFormat> Formats => [.. Enum.GetValues<SheetFormat>()];

    [Theory, MemberData(nameof(Formats))]
    public async Task Every_table_comes_in_every_format_with_all_its_rows(SheetFormat format)
    {
        await using var db = site.Folder.OpenDb();
        var record = await PortfolioRecord.ReadAsync(db, default);
        foreach (var file in PortfolioFileSet.All)
        {
            using var answer = await site.Client.GetAsync(new Uri($"/export/{file.Name}.{SheetWriting.Extension(format)}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal($"entente-{file.Name}.{SheetWriting.Extension(format)}", answer.Content.Headers.ContentDisposition!.FileName);
            var read = SheetReading.Read(await answer.Content.ReadAsByteArrayAsync());
            if (file.Name == "structures") Assert.Equal(record.Structures.Keys.Order(StringComparer.Ordinal), read.Value.Sheets[0].Rows.Skip(1).Select(r => r[0].Text));
            if (format != SheetFormat.Json) Assert.Equal([.. file.Find("key") is null ? new[] { "id" } : [], .. file.Columns.Select(c => c.Name)], read.Value.Sheets[0].Rows[0].Cells.Select(c => c.Text));
        }
    }

    [Fact]
    public async Task The_whole_record_comes_as_a_folder_that_loads()
    {
        // A record of its own: other tests write to the shared one.
        var (folder, data) = (Directory.CreateTempSubdirectory("entente-export-").FullName, new DataFolder(Directory.CreateTempSubdirectory("entente-web-").FullName));
        try
        {
            await LoadAsync(data);
            var (app, address) = await Site.StartAsync(data);
            await using var host = app;
            using var client = new HttpClient { BaseAddress = address };
            await using (var zip = await client.GetStreamAsync(new Uri("/export/record.zip", UriKind.Relative))) ZipFile.ExtractToDirectory(zip, folder);
            var (draft, demo) = (PortfolioReading.Read(folder), PortfolioReading.Read(Portfolios.DemoFolder));
            Assert.Equal([], draft.Errors.Select(e => e.Said.En));
            foreach (var (table, rows) in demo.Rows.Where(r => r.Value.Count > 0))
                Assert.Equal(rows.Select(Line).Order(StringComparer.Ordinal), draft.Rows[table].Select(Line).Order(StringComparer.Ordinal));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            Directory.Delete(data.Root, recursive: true);
        }

        static async Task LoadAsync(DataFolder data)
        {
            await using var db = data.OpenDb();
            await Migrator.RunAsync(db, default);
            Assert.Null((await Portfolios.EnsureAsync(new(db, data, Actor.CommandLine, TimeProvider.System), null, default)).Refusal);
        }

        static string Line(Row row) => string.Join('|', RowCells.CellsOf(row.File.Make(row)).Values);
    }

    [Fact]
    public async Task The_whole_record_comes_as_a_workbook_and_as_JSON()
    {
        var workbook = SheetReading.Read(await site.Client.GetByteArrayAsync(new Uri("/export/record.xlsx", UriKind.Relative))).Value;
        Assert.Contains("structures", workbook.Sheets.Select(s => s.Name));
        using var json = JsonDocument.Parse(await site.GetAsync("/export/record.json"));
        Assert.Equal(workbook.Sheets.Select(s => (s.Name, s.Rows.Count - 1)), json.RootElement.EnumerateObject().Select(t => (t.Name, t.Value.GetArrayLength())));
    }

    [Theory]
    [InlineData("/export/structures.pdf")]
    [InlineData("/export/journal.csv")]
    [InlineData("/export/account.json")]
    public async Task What_is_no_table_is_not_found(string address)
    {
        using var answer = await site.Client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/structures?country=GB")]
    [InlineData("/api/v1/claims?q=publications")]
    [InlineData("/api/v1/sources?sort=title")]
    public async Task A_list_of_a_page_is_the_same_in_each_format(string address)
    {
        var csv = SheetReading.Read(await site.Client.GetByteArrayAsync(new Uri(address + "&format=csv", UriKind.Relative))).Value.Sheets[0];
        var xlsx = SheetReading.Read(await site.Client.GetByteArrayAsync(new Uri(address + "&format=xlsx", UriKind.Relative))).Value.Sheets[0];
        Assert.True(csv.Rows.Count > 1);
        Assert.Equal(csv.Rows.Select(r => string.Join('|', r.Cells)), xlsx.Rows.Select(r => string.Join('|', r.Cells)));
    }
}
