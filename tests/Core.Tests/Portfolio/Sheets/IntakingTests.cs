using System.Text;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Sheets;
using Entente.Core.Portfolio.Sheets.Intake;
using Entente.Core.Store;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Sheets;

public sealed class IntakingTests
{
    static async Task<TestWorld> DemoAsync(string kind)
    {
        var world = await TestWorld.OpenAsync(kind);
        Assert.True((await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default)).Ok);
        return world;
    }

    static async Task<(int Id, Preview Preview)> StageAsync(Work work, byte[] bytes, Func<Mapping, Mapping>? mapped = null)
    {
        var staged = await Intaking.StageAsync(work, "legacy.xlsx", bytes, default);
        Assert.True(staged.Ok, staged.Refusal?.Message.En);
        var opened = (await Intaking.OpenAsync(work, staged.Value, default)).Value;
        var mapping = await Intaking.MapAsync(work, staged.Value, (mapped ?? (m => m))(opened.Mapping), default);
        Assert.True(mapping.Ok, mapping.Refusal?.Message.En);
        var preview = await Intaking.PreviewAsync(work, staged.Value, default);
        Assert.True(preview.Ok, preview.Refusal?.Message.En);
        return (staged.Value, preview.Value);
    }

    static byte[] Csv(string text) => Encoding.UTF8.GetBytes(text);

    static string Faults(Preview preview, int line) => string.Join(" | ", preview.Lines.Single(l => l.Line == line).Faults.Select(f => $"{f.Heading}: {f.What.En}"));

    static RowFate Fate(Preview preview, int line) => preview.Lines.Single(l => l.Line == line).Fate;

    [Fact]
    public async Task The_headings_of_a_legacy_workbook_are_understood()
    {
        await using var world = await DemoAsync("sqlite");
        var (_, preview) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        Assert.Equal(("Coopérations", 4, Mapping.Cooperations), (preview.Mapping.Sheet, preview.Mapping.HeaderLine, preview.Mapping.Target));
        Assert.Equal(["name", "kind", "partners", "country", "start", "end", "coordinator", "coordinator", "themes", "budget"], preview.Mapping.Fields.OrderBy(f => f.Key).Select(f => f.Value).Take(10));
    }

    [Fact]
    public async Task Each_line_is_sound_or_refused_with_its_column_and_reason()
    {
        await using var world = await DemoAsync("sqlite");
        var (_, preview) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        Assert.Equal(RowFate.Added, Fate(preview, LegacyWorkbook.Sound));
        Assert.Equal(RowFate.Changed, Fate(preview, LegacyWorkbook.Known));
        Assert.StartsWith("Partenaires: “Imperial Colege London” is not surely one of the organisations. Is it Imperial College London", Faults(preview, LegacyWorkbook.Misspelt), StringComparison.Ordinal);
        Assert.StartsWith("Date de début: “printemps 2020” is not a date", Faults(preview, LegacyWorkbook.BadDate), StringComparison.Ordinal);
        Assert.Contains("Fin: it ends on 2020, before it begins on 2022.", Faults(preview, LegacyWorkbook.UpsideDown), StringComparison.Ordinal);
        Assert.Contains("the spreadsheet itself shows an error there, #REF!.", Faults(preview, LegacyWorkbook.Fault), StringComparison.Ordinal);
        Assert.Contains("Type: the kind of cooperation is missing", Faults(preview, LegacyWorkbook.NoKind), StringComparison.Ordinal);
        Assert.Contains("Nom: the cooperation has no name.", Faults(preview, LegacyWorkbook.NoName), StringComparison.Ordinal);
        Assert.Contains("“ZZZ” is not on the record among the instruments", Faults(preview, LegacyWorkbook.UnknownKind), StringComparison.Ordinal);
        Assert.Equal(RowFate.Added, Fate(preview, LegacyWorkbook.Merged));
        Assert.Contains("“Richard Crasterr” is not surely one of the people", Faults(preview, LegacyWorkbook.Ambiguous), StringComparison.Ordinal);
        Assert.All(preview.Lines.SelectMany(l => l.Faults), f => Assert.NotEqual(f.What.En, f.What.Fr));
    }

    [Fact]
    public async Task An_office_that_leaves_itself_out_of_its_list_is_a_partner_of_every_line()
    {
        await using var world = await DemoAsync("sqlite");
        var (_, preview) = await StageAsync(world.Work, Csv("Nom;Type;Partenaires;Début;Fin\nAlpha;IRP;Imperial;2024;n/a\nBeta;IRP;Imperial; – ;néant\nGamma;IRP;\"CNRS ; Imperial\";2024;2028\n"), m => m with { Partner = "cnrs" });
        Assert.All(preview.Lines, l => Assert.Equal(RowFate.Added, l.Fate));
        Assert.All(preview.Lines, l => Assert.Equal(["cnrs", "imperial"], l.Rows.Where(r => r.File.Name == "parties").Select(r => r.Cells["organisation"]).Order()));
        // What stands for nothing is unknown, as an empty cell is.
        Assert.DoesNotContain(preview.Lines.Take(2).SelectMany(l => l.Rows), r => r.File.Name == "agreements");
        Assert.DoesNotContain(preview.Lines[1].Rows, r => r.File.Name == "acts");
    }

    [Fact]
    public async Task A_line_that_stands_twice_makes_no_second_structure()
    {
        await using var world = await DemoAsync("sqlite");
        var (_, preview) = await StageAsync(world.Work, Csv("Nom;Type;Partenaires\nMatériaux durables;IRN;\"CNRS ; Imperial\"\nMateriaux durables ;IRN;\"CNRS ; Imperial\"\n"));
        Assert.Equal(RowFate.Added, Fate(preview, 2));
        Assert.Equal("Nom: “Materiaux durables” stands already in line 2: keep one of them, or give them names that differ.", Faults(preview, 3));
    }

    [Fact]
    public async Task Refused_lines_come_back_as_they_were_mapped()
    {
        await using var world = await DemoAsync("sqlite");
        var (id, preview) = await StageAsync(world.Work, Csv("Nom;Type;Partenaires;Qui\nAlpha;IRP;\"CNRS ; Imperial\";Ada Exemple\nBeta;IRP;Imperiall Colege;Ada Exemple\n"),
            m => m with { Fields = new Dictionary<int, string>(m.Fields) { [3] = "coordinator@cnrs" } });
        Assert.Equal(RowFate.Refused, Fate(preview, 3));
        Assert.True((await Intaking.RunAsync(world.Work, id, preview.Digest(), Lang.Fr, default)).Ok);
        var refused = (await Intaking.FindAsync(world.Work, id, default)).Value.Bytes;
        var again = await Intaking.StageAsync(world.Work, "refused.xlsx", refused, default);
        Assert.Equal("coordinator@cnrs", (await Intaking.OpenAsync(world.Work, again.Value, default)).Value.Mapping.Fields[3]);
    }

    [Fact]
    public async Task A_merged_cell_counts_for_each_of_its_lines_and_a_person_is_made_once()
    {
        await using var world = await DemoAsync("sqlite");
        var (id, preview) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        var merged = preview.Lines.Single(l => l.Line == LegacyWorkbook.SamePerson);
        Assert.Equal(["cnrs", "utokyo"], merged.Rows.Where(r => r.File.Name == "parties").Select(r => r.Cells["organisation"]));
        Assert.True((await Intaking.RunAsync(world.Work, id, preview.Digest(), Lang.En, default)).Ok);
        Assert.Equal(1, await world.Db.People.CountAsync(p => p.Name == "Ada Exemple"));
        Assert.Equal(3, await world.Db.Roles.CountAsync(r => r.Person == "ada-exemple"));
        Assert.Equal(1, await world.Db.People.CountAsync(p => p.Name == "Richard Craster"));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_run_writes_all_sound_lines_with_one_line_of_the_journal_and_undo_takes_it_back(string kind)
    {
        await using var world = await DemoAsync(kind);
        var before = await DumpAsync(world);
        var lines = await world.Db.Journal.CountAsync();
        var (id, preview) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        Assert.Equal(before, await DumpAsync(world));

        var run = (await Intaking.RunAsync(world.Work, id, preview.Digest(), Lang.En, default)).Value;
        Assert.Equal((preview.Count(RowFate.Added), preview.Count(RowFate.Refused)), (run.Added, run.Refused));
        Assert.Equal(lines + 1, await world.Db.Journal.CountAsync());
        var structure = await world.Db.Structures.AsNoTracking().SingleAsync(s => s.Key == "laboratoire-synthetique");
        Assert.Equal(("irl", "GB", "both", "T1:line 5"), (structure.Instrument, structure.Country, structure.Audience.ToString(), structure.Source.ToString()));
        Assert.Equal("2014-05-20", (await world.Db.Acts.AsNoTracking().SingleAsync(a => a.Structure == structure.Key)).Date.ToString());
        Assert.Equal("2029", (await world.Db.Agreements.AsNoTracking().SingleAsync(a => a.Structure == structure.Key)).Ends.ToString());
        var source = await world.Db.Sources.AsNoTracking().SingleAsync(s => s.Key == "T1");
        Assert.Equal(SourceKind.Register, source.Kind);
        Assert.Equal($"SHA-256 {run.Sha256}", source.DateNote);
        Assert.Equal(run.Line, await world.Db.Journal.MaxAsync(j => j.Id));

        var undone = await Intaking.UndoAsync(world.Work, id, default);
        Assert.True(undone.Ok, undone.Refusal?.Message.En);
        Assert.Equal(before, await DumpAsync(world));
        Assert.Equal("import-not-run", (await Intaking.UndoAsync(world.Work, id, default)).Refusal?.Code);
    }

    static async Task<string> DumpAsync(TestWorld world) =>
        string.Join('\n', (await Exporting.AllAsync(world.Work, default)).SelectMany(s => s.Rows.Select(r => $"{s.Name}: {string.Join('|', r.Cells)}")));

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Undo_is_refused_where_somebody_changed_a_row_since(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (id, preview) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        await Intaking.RunAsync(world.Work, id, preview.Digest(), Lang.En, default);
        var structure = await world.Db.Structures.SingleAsync(s => s.Key == "laboratoire-synthetique");
        world.Db.Entry(structure).Property(s => s.Country).CurrentValue = "IE";
        world.Work.Log("test.edit", "structures/laboratoire-synthetique");
        await world.Db.SaveChangesAsync();
        world.Db.ChangeTracker.Clear();
        var refusal = (await Intaking.UndoAsync(world.Work, id, default)).Refusal!;
        Assert.Equal("undo-touched", refusal.Code);
        Assert.Contains("structures/laboratoire-synthetique", refusal.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refused_lines_come_back_as_a_sheet_that_can_be_corrected_and_imported()
    {
        await using var world = await DemoAsync("sqlite");
        var (id, preview) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        await Intaking.RunAsync(world.Work, id, preview.Digest(), Lang.Fr, default);
        var sheet = SheetReading.Read((await Intaking.FindAsync(world.Work, id, default)).Value.Bytes).Value.Sheets[0];
        Assert.Equal(preview.Count(RowFate.Refused) + 1, sheet.Rows.Count);
        Assert.Equal(Headings.Reason, sheet.Rows[0].Cells[^1].Text);
        Assert.All(sheet.Rows.Skip(1), r => Assert.NotEmpty(r.Cells[^1].Text));
        Assert.Contains(sheet.Rows, r => r.Cells[^1].Text.Contains("n’est pas une date", StringComparison.Ordinal));

        var corrected = sheet with { Rows = [sheet.Rows[0], .. sheet.Rows.Skip(1).Where(r => r[0].Text == "Réseau Synthétique").Select(r => r with { Cells = [.. r.Cells.Select(c => c.Text == "printemps 2020" ? new Cell("2020") : c)] })] };
        var (second, again) = await StageAsync(world.Work, SheetWriting.Write(SheetFormat.Xlsx, corrected));
        Assert.Equal(RowFate.Added, Assert.Single(again.Lines).Fate);
        Assert.True((await Intaking.RunAsync(world.Work, second, again.Digest(), Lang.En, default)).Ok);
        Assert.NotNull(await world.Db.Structures.SingleOrDefaultAsync(s => s.Key == "reseau-synthetique"));
        Assert.Equal("T2", (await world.Db.Structures.SingleAsync(s => s.Key == "reseau-synthetique")).Source.Sources.Single());
    }

    [Fact]
    public async Task Importing_the_same_file_again_changes_nothing()
    {
        await using var world = await DemoAsync("sqlite");
        var (id, preview) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        await Intaking.RunAsync(world.Work, id, preview.Digest(), Lang.En, default);
        var (second, again) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        Assert.Equal(0, again.Count(RowFate.Added) + again.Count(RowFate.Changed));
        Assert.Equal("import-nothing", (await Intaking.RunAsync(world.Work, second, again.Digest(), Lang.En, default)).Refusal?.Code);
    }

    [Fact]
    public async Task A_name_is_asked_and_the_answer_is_remembered()
    {
        await using var world = await DemoAsync("sqlite");
        var (_, preview) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        var question = preview.Questions.Single(q => q.Name == "Imperial Colege London");
        Assert.Equal("imperial", question.Near[0]);
        var (_, answered) = await StageAsync(world.Work, LegacyWorkbook.Bytes, m => m with { Answers = new Dictionary<string, string> { [question.Key] = "imperial" } });
        Assert.Equal(RowFate.Added, Fate(answered, LegacyWorkbook.Misspelt));
        var (_, later) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        Assert.Equal(RowFate.Added, Fate(later, LegacyWorkbook.Misspelt));
    }

    [Fact]
    public async Task A_file_staged_is_there_after_a_crash_and_gone_after_thirty_days()
    {
        await using var world = await DemoAsync("sqlite");
        var (id, _) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        // Another process opens the same folder: what was staged is staged, and nothing of it written.
        await using (var db = world.Folder.OpenDb())
        {
            var work = new Work(db, world.Folder, Actor.CommandLine, TimeProvider.System);
            Assert.Equal(IntakeState.Staged, (await Intaking.FindAsync(work, id, default)).Value.State);
            Assert.Null(await db.Sources.SingleOrDefaultAsync(s => s.Key == "T1"));
            Assert.True((await Intaking.PreviewAsync(work, id, default)).Ok);
        }
        await using (var db = world.Folder.OpenDb())
            await Intaking.SweepAsync(new Work(db, world.Folder, Actor.CommandLine, new Later(TimeSpan.FromDays(31))), default);
        Assert.Equal("unknown-import", (await Intaking.FindAsync(world.Work, id, default)).Refusal?.Code);
    }

    sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_was_looked_at_is_what_runs_or_nothing(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (id, preview) = await StageAsync(world.Work, LegacyWorkbook.Bytes);
        var cells = new Dictionary<string, string> { ["key"] = "laboratoire-synthetique", ["instrument"] = "irl", ["name"] = "Laboratoire Synthétique", ["named"] = "yes", ["source"] = "S1" };
        world.Db.Add(RowCells.FileOf(typeof(Structure)).Make(new Row(RowCells.FileOf(typeof(Structure)), 0, cells)));
        world.Work.Log("test.add", "structures/laboratoire-synthetique");
        await world.Db.SaveChangesAsync();
        Assert.Equal("import-moved", (await Intaking.RunAsync(world.Work, id, preview.Digest(), Lang.En, default)).Refusal?.Code);
        Assert.Null(await world.Db.Sources.SingleOrDefaultAsync(s => s.Key == "T1"));
    }

    [Fact]
    public async Task A_table_shows_the_difference_of_each_row()
    {
        await using var world = await DemoAsync("sqlite");
        var (id, preview) = await StageAsync(world.Work, Csv("key,name,country\nmajulab,MajuLab II,SG\nlimms,LIMMS,JP\nnew-one,New,GB\n"), m => m with { Target = "structures", Fields = new Dictionary<int, string> { [0] = "key", [1] = "name", [2] = "country" } });
        Assert.Equal([RowFate.Changed, RowFate.Unchanged, RowFate.Refused], preview.Lines.Select(l => l.Fate));
        Assert.Equal(new CellChange("name", "MajuLab", "MajuLab II"), Assert.Single(preview.Lines[0].Rows[0].Changes));
        Assert.Contains("instrument: this cell is required and empty.", Faults(preview, 4), StringComparison.Ordinal);
        await Intaking.RunAsync(world.Work, id, preview.Digest(), Lang.En, default);
        var changed = await world.Db.Structures.SingleAsync(s => s.Key == "majulab");
        Assert.Equal("MajuLab II", changed.Name);
        Assert.True(changed.Source.Cites("T1") && changed.Source.Count > 1);
    }

    [Fact]
    public async Task A_refused_line_takes_with_it_what_names_it_alone()
    {
        await using var world = await DemoAsync("sqlite");
        var (_, preview) = await StageAsync(world.Work, Csv("key,kind,name,parent\nup,club,Upper,\ndown,laboratory,Lower,up\nfree,laboratory,Free,cnrs\n"));
        Assert.Equal("organisations", preview.Mapping.Target);
        Assert.Equal([RowFate.Refused, RowFate.Refused, RowFate.Added], preview.Lines.Select(l => l.Fate));
        Assert.Contains("“up”", Faults(preview, 3), StringComparison.Ordinal);
    }
}
