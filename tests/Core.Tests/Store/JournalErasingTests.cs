using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Store;

public sealed class JournalErasingTests
{
    const string Name = "Zoé “Quill” O'Hara-Nørgaard";

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_words_go_the_hashes_stay_and_the_chain_holds(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await PlantAsync(world);
        var before = await world.Db.Journal.AsNoTracking().OrderBy(j => j.Id).Select(j => j.Hash).ToListAsync();
        var traces = Traces();
        var foreseen = await JournalErasing.CountAsync(world.Db, traces, default);
        var done = await JournalErasing.EraseAsync(world.Db, traces, world.Work.Now, default);
        Assert.Equal(foreseen, done);
        Assert.Equal(new(2, 3), done);
        var check = await Journals.VerifyAsync(world.Db, default);
        Assert.True(check.Sound, check.Why?.En);
        Assert.Equal(5, check.Erased);
        Assert.Equal(before, await world.Db.Journal.AsNoTracking().OrderBy(j => j.Id).Select(j => j.Hash).ToListAsync());
        var told = await world.Db.Set<JournalChange>().AsNoTracking().ToListAsync();
        var lines = await world.Db.Journal.AsNoTracking().ToListAsync();
        var text = string.Join('\n', told.Select(c => $"{c.Record} {c.RowKey} {c.Before} {c.After}").Concat(lines.Select(l => $"{l.Subject} {l.Detail}")));
        Assert.DoesNotContain("hara", text, StringComparison.OrdinalIgnoreCase);
        Assert.All(told.Where(c => c.ErasedAt is not null), c => Assert.Equal((null, null, ""), (c.Before, c.After, c.Salt)));
        Assert.Contains(told, c => c is { Record: "people/erased-1", RowKey: "erased-1" });
        Assert.Contains(told, c => c.ErasedAt is null && c.After!.Contains("Joann Leeds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_is_only_said_to_be_erased_still_breaks_nothing_and_a_changed_hash_does()
    {
        await using var world = await TestWorld.OpenAsync();
        await PlantAsync(world);
        await JournalErasing.EraseAsync(world.Db, Traces(), world.Work.Now, default);
        await world.Db.Database.ExecuteSqlRawAsync("update journal_change set hash = 'x' where erased_at is not null");
        Assert.False((await Journals.VerifyAsync(world.Db, default)).Sound);
    }

    [Fact]
    public async Task Restoring_a_record_leaves_the_rows_of_an_erased_person_alone()
    {
        await using var world = await TestWorld.OpenAsync();
        await PlantAsync(world);
        var role = await world.Db.Roles.SingleAsync();
        world.Db.Entry(role).Property(r => r.Since).CurrentValue = PartialDate.Parse("2021");
        world.Work.Log("structure.edit", "structures/lab");
        await world.Db.SaveChangesAsync();
        await JournalErasing.EraseAsync(world.Db, Traces(), world.Work.Now, default);
        var line = (await History.OfAsync(world.Db, "structures/lab", default))[^1].Entry.Id;
        world.Db.Entry(await world.Db.Structures.SingleAsync()).Property(s => s.Name).CurrentValue = "Other";
        world.Work.Log("structure.edit", "structures/lab");
        await world.Db.SaveChangesAsync();
        Assert.Equal(1, (await History.RestoreAsync(world.Work, "structures/lab", line, default)).Value);
        Assert.Equal("2021", (await world.Db.Roles.AsNoTracking().SingleAsync()).Since.ToString());
        Assert.Equal("Lab", (await world.Db.Structures.AsNoTracking().SingleAsync()).Name);
    }

    static JournalTraces Traces() => new(new Traces([Name, "Ann Lee"]), new Dictionary<(string, string), string> { [("person", "ohara")] = "erased-1" },
        ["ohara"], new Dictionary<string, string> { ["people/ohara"] = "people/erased-1" }, []);

    static async Task PlantAsync(TestWorld world)
    {
        var s1 = Citations.Parse("S1");
        world.Db.Add(new Source { Key = "S1", Kind = SourceKind.Document, Title = "T", Publisher = "P" });
        world.Db.Add(new Instrument { Key = "irl", Code = "IRL", Family = InstrumentFamily.Laboratory, Name = "IRL", Description = "D", DescriptionFr = "D", Source = s1 });
        world.Db.Add(new Structure { Key = "lab", Instrument = "irl", Name = "Lab", Named = false, Source = s1 });
        world.Work.Log("structure.create", "structures/lab");
        await world.Db.SaveChangesAsync();
        world.Db.Add(new Person { Key = "ohara", Name = Name, Source = s1 });
        world.Db.Add(new Role { Person = "ohara", Structure = "lab", Kind = RoleKind.Director, Source = s1 });
        world.Db.Add(new Person { Key = "leeds", Name = "Joann Leeds", Source = s1 });
        world.Work.Log("person.create", "people/ohara");
        await world.Db.SaveChangesAsync();
        world.Db.Add(new Note { Topic = "t", Structure = "lab", Text = "Led by ZOÉ “QUILL” O'HARA-NØRGAARD.", TextFr = "-", Source = s1 });
        world.Work.Log("note.add", "structures/lab", $"for {Name}");
        await world.Db.SaveChangesAsync();
    }
}
