using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Portfolio.Sheets;
using Entente.Core.Portfolio.Sheets.Intake;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Sheets;

public sealed class WholeRecordTests
{
    public static TheoryData<SheetFormat> Formats => [.. Enum.GetValues<SheetFormat>()];

    static async Task LoadAsync(TestWorld world) =>
        Assert.True((await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default)).Ok);

    static string Text(Sheet sheet) => string.Join('\n', sheet.Rows.Select(r => string.Join('|', r.Cells)));

    /// <summary>Imports a table as it was exported, under headings that are its own.</summary>
    static async Task<Preview> ImportAsync(TestWorld world, string table, byte[] bytes, bool run)
    {
        var id = (await Intaking.StageAsync(world.Work, table, bytes, default)).Value;
        var opened = (await Intaking.OpenAsync(world.Work, id, default)).Value;
        var sheet = opened.File.Sheets[0];
        var mapped = await Intaking.MapAsync(world.Work, id, Intaking.Propose(sheet, sheet.Rows[0].Line, table) with { Audience = "public" }, default);
        Assert.True(mapped.Ok, mapped.Refusal?.Message.En);
        var preview = (await Intaking.PreviewAsync(world.Work, id, default)).Value;
        Assert.Equal([], preview.Lines.SelectMany(l => l.Faults.Select(f => $"{table} {l.Line} {f.Heading}: {f.What.En}")));
        if (run) Assert.True((await Intaking.RunAsync(world.Work, id, preview.Digest(), Lang.En, default)).Ok);
        return preview;
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Every_table_comes_back_as_it_is(SheetFormat format)
    {
        await using var world = await TestWorld.OpenAsync();
        await LoadAsync(world);
        foreach (var sheet in await Exporting.AllAsync(world.Work, default))
        {
            var preview = await ImportAsync(world, sheet.Name, SheetWriting.Write(format, sheet), run: false);
            Assert.Equal(sheet.Rows.Count - 1, preview.Count(RowFate.Unchanged));
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task An_empty_record_becomes_the_same_record(SheetFormat format)
    {
        await using var world = await TestWorld.OpenAsync();
        await LoadAsync(world);
        var sheets = await Exporting.AllAsync(world.Work, default);
        await using var other = await TestWorld.OpenAsync();
        foreach (var sheet in InOrder(sheets)) await ImportAsync(other, sheet.Name, SheetWriting.Write(format, sheet), run: true);
        var again = await Exporting.AllAsync(other.Work, default);
        Assert.Equal(sheets.Select(s => Text(Exporting.WithoutNumbers(s))), again.Select(s => Text(Exporting.WithoutNumbers(s))));
    }

    // What is named comes before what names it.
    static List<Sheet> InOrder(IReadOnlyList<Sheet> sheets)
    {
        var (open, ordered) = (sheets.ToList(), new List<Sheet>());
        while (open.Count > 0)
        {
            var next = open.First(s => PortfolioFileSet.All.Single(f => f.Name == s.Name).Columns.All(c => c.Of is null || c.Of == s.Name || open.All(o => o.Name != c.Of)
                && (c.Kind != ColumnKind.Sources || s.Name == "sources" || open.All(o => o.Name != "sources"))));
            open.Remove(next);
            ordered.Add(next);
        }
        return ordered;
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_claim_between_two_bodies_and_what_is_said_of_it_are_exported_to_their_sides_alone(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await LoadAsync(world);
        world.Db.Add(new FieldCitation { Subject = "claims/imperial-cnrs-1550", Field = "text", Source = Citations.Parse("S1"), Audience = Audience.Both });
        var claim = await world.Db.Claims.SingleAsync(c => c.Key == "imperial-cnrs-1550");
        claim.Audience = Audience.Both;
        world.Work.Log("test.close", "claims/imperial-cnrs-1550");
        await world.Db.SaveChangesAsync();
        async Task<int> ExportedAsync(string side, string table) =>
            (await Exporting.TableAsync(Editing.RowEditingTests.As(world, Editing.RowEditingTests.Officer(side)), table, default)).Value.Rows.Count(r => r.Cells.Any(c => c.Text.EndsWith("imperial-cnrs-1550", StringComparison.Ordinal)));
        foreach (var table in (string[])["claims", "citations"])
            Assert.Equal((1, 1, 0), (await ExportedAsync("cnrs", table), await ExportedAsync("imperial", table), await ExportedAsync("utokyo", table)));
    }
}
