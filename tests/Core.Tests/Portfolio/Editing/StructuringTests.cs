using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Microsoft.EntityFrameworkCore;
using static Entente.Core.Tests.Portfolio.Editing.RowEditingTests;

namespace Entente.Core.Tests.Portfolio.Editing;

public sealed class StructuringTests
{
    static NewStructure Asked(string name, params string[] parties) =>
        new(new Dictionary<string, string> { ["name"] = name, ["instrument"] = "irp", ["named"] = "yes", ["source"] = "S3" }, parties);

    [Theory]
    [InlineData("Unité mixte n° 4", "unite-mixte-n-4"), InlineData("L’Été & la Nuit", "lete-la-nuit"), InlineData("  --  ", ""), InlineData("日本", "")]
    [InlineData("A very long name indeed of a laboratory that never ends", "a-very-long-name-indeed-of-a-laboratory-that")]
    public void A_key_is_made_from_a_name(string name, string key) => Assert.Equal(key, Keys.Of(name));

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_structure_belongs_to_the_sides_that_it_is_made_with(string kind)
    {
        await using var world = await DemoAsync(kind);
        var ours = As(world, Officer("cnrs"));
        var made = (await Structuring.CreateAsync(ours, Asked("MajuLab", "cnrs", "imperial"), default)).Value;
        Assert.Equal("majulab-2", made.Id);
        Assert.Equal(2, await world.Db.Parties.CountAsync(p => p.Structure == "majulab-2"));
        Assert.Equal("party.0", Assert.Single((await Structuring.CreateAsync(ours, Asked("Nobody’s"), default)).Value.Faults).Field);
        Assert.Equal("party.1", Assert.Single((await Structuring.CreateAsync(ours, Asked("Elsewhere", "cnrs", "no-such"), default)).Value.Faults).Field);
        Assert.Equal("not-permitted", (await Structuring.CreateAsync(ours, Asked("Theirs alone", "imperial", "utokyo"), default)).Refusal?.Code);
        Assert.Equal("not-permitted", (await Structuring.CreateAsync(As(world, Officer("cnrs", role: AccountRole.Coordinator)), Asked("Ours", "cnrs"), default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_old_name_of_an_organisation_stays_with_its_last_day(string kind)
    {
        await using var world = await DemoAsync(kind);
        var old = (await world.Db.Organisations.AsNoTracking().SingleAsync(o => o.Key == "imperial")).Name;
        var renamed = await Structuring.RenameAsync(world.Work, Table("organisations"), "imperial", new(old, "Imperial", null, "2030-05", "S0", null), default);
        Assert.True(renamed.Value.Done);
        Assert.Equal("Imperial", (await world.Db.Organisations.AsNoTracking().SingleAsync(o => o.Key == "imperial")).Name);
        var former = await world.Db.OrganisationNames.AsNoTracking().SingleAsync(n => n.Organisation == "imperial" && n.Name == old && n.Until != null);
        Assert.Equal((NameKind.Former, "2030-05"), (former.Kind, former.Until.ToString()));
        Assert.Equal("renamed-already", (await Structuring.RenameAsync(world.Work, Table("organisations"), "imperial", new(old, "Other", null, null, "S0", null), default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_structure_that_goes_on_sends_out_a_second(string kind)
    {
        await using var world = await DemoAsync(kind);
        var sites = await world.Db.Sites.AsNoTracking().Where(s => s.Structure == "majulab").ToListAsync();
        var plan = new SplitPlan(null, "MajuLab Paris", "2027", "S3", null, new Dictionary<int, Part>(),
            sites.ToDictionary(s => s.Id, s => s.Kind == SiteKind.Mirror ? Part.Second : Part.Neither));
        var split = (await Splitting.SplitAsync(As(world, Officer("cnrs")), "majulab", plan, default)).Value;
        Assert.Equal(["majulab-paris"], split.Keys);
        Assert.Equal(sites.Count(s => s.Kind == SiteKind.Mirror), await world.Db.Sites.CountAsync(s => s.Structure == "majulab-paris"));
        Assert.False(await world.Db.Acts.AnyAsync(a => a.Structure == "majulab" && a.DateKind == DateKind.Ended));

        var record = await PortfolioRecord.ReadAsync(world.Db, default);
        var line = Lineages.WithPredecessors(record, record.Structures["majulab-paris"], new(2028, 1, 1));
        Assert.Equal(StretchKind.Earlier, line[0].Kind);
        Assert.Contains("PICS MajuLab", line.Select(s => s.Label));
        Assert.Equal(2027, line[^1].From);
        Assert.All(line.Take(line.Count - 1), s => Assert.True(s.To <= 2027, $"{s.Label} runs to {s.To}"));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_a_verb_of_its_own_decides_is_not_in_reach_of_a_form(string kind)
    {
        await using var world = await DemoAsync(kind);
        var row = (await RowEditing.OpenAsync(world.Work, Table("structures"), "majulab", default)).Value;
        var edit = new RowEdit { File = row.File, Id = row.Id, Seen = row.Seen, Cells = new Dictionary<string, string>(row.Cells) { ["draft"] = "yes", ["key"] = "other", ["name_fr"] = "MajuLab (fr)" } };
        Assert.Equal(["name_fr"], (await RowEditing.SaveAsync(world.Work, edit, default)).Value.Written);
        Assert.False((await world.Db.Structures.AsNoTracking().SingleAsync(s => s.Key == "majulab")).Draft);
    }
}
