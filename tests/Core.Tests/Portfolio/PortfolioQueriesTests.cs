using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Tests;

namespace Entente.Core.Tests.Portfolio;

public sealed class PortfolioQueriesTests
{
    static readonly DateOnly Today = new(2026, 11, 22);

    static async Task<PortfolioRecord> DemoAsync()
    {
        await using var world = await TestWorld.OpenAsync();
        var loaded = await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default);
        Assert.True(loaded.Ok, loaded.Refusal?.Message.En);
        return await PortfolioRecord.ReadAsync(world.Db, default);
    }

    [Fact]
    public async Task The_home_page_counts_what_the_documents_state()
    {
        var overview = PortfolioQueries.Overview(await DemoAsync(), new(), Today);
        Assert.Equal((17, 3, 5), (overview.Structures, overview.Centres, overview.Documents));
        Assert.Equal(["GB 8", "JP 5", "US 2", "RU 1", "SG 1"], overview.Countries.Select(c => $"{c.Country} {c.Structures}"));
        Assert.Equal(["cnrs-imperial", "cnrs-utokyo", "cnrs-arizona", "outside"], overview.Groups.Select(g => g.Centre?.Key ?? "outside"));
        Assert.Equal(new Years(1995, 2026), overview.Axis);
        Assert.False(overview.EndsPublished);
    }

    [Theory]
    [InlineData("cnrs-imperial", "2021 or 2022", "2021 ou 2022", true)]
    [InlineData("cnrs-utokyo", "4 October 2022", "4 octobre 2022", false)]
    [InlineData("abraham-de-moivre", "2018", "2018", false)]
    [InlineData("engineering-laboratory", "not published, running in May 2025", "non publié, en activité en mai 2025", false)]
    [InlineData("quantum-fields-and-strings", "not published, running by 2022", "non publié, en activité au plus tard en 2022", false)]
    [InlineData("limms", "1995 or 2004", "1995 ou 2004", true)]
    [InlineData("cnrs-imperial-phd", "2019 or 2020", "2019 ou 2020", true)]
    [InlineData("majulab", "May 2014, after PICS 2007 and LIA 2010", "mai 2014, après PICS 2007 et LIA 2010", false)]
    [InlineData("poncelet", "2005 or 2006, after laboratory without walls 2002", "2005 ou 2006, après laboratory without walls 2002", true)]
    [InlineData("dynacom", "4 October 2022", "4 octobre 2022", false)]
    public async Task A_start_is_told_as_the_sources_tell_it(string key, string en, string fr, bool disputed)
    {
        var record = await DemoAsync();
        var since = PortfolioQueries.SinceOf(record, record.Structures[key]);
        Assert.Equal((en, fr, disputed), (since.Text.En, since.Text.Fr, since.Disputed));
    }

    [Theory]
    [InlineData("majulab", "2008-06-01", "PICS")]
    [InlineData("majulab", "2012-06-01", "LIA")]
    [InlineData("majulab", "2016-06-01", "UMI")]
    [InlineData("majulab", "2020-06-01", "IRL")]
    [InlineData("majulab", "2001-06-01", null)]
    [InlineData("poncelet", "2003-06-01", "LIA")]
    [InlineData("limms", "1996-06-01", null)]
    [InlineData("cnrs-imperial", "2023-01-01", "IRC")]
    public async Task A_label_is_shown_as_of_its_date(string key, string on, string? label)
    {
        var record = await DemoAsync();
        Assert.Equal(label, Lineages.LabelOn(record, record.Structures[key], DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture)).Code);
    }

    [Fact]
    public async Task A_label_before_its_time_is_an_anachronism_and_a_label_of_its_time_is_not()
    {
        var record = await DemoAsync();
        var said = record.Acts.SelectMany(g => g).ToLookup(a => $"{a.Structure} {a.Date} {a.Source}", a => Lineages.Anachronism(record, a)?.En);
        Assert.Equal(["Anachronism: the label then was UMI; IRL dates from 2019."], said["poncelet 2006 S3"]);
        Assert.Equal(["Anachronism: IRL dates from 2019; in 1995 it bore another label, not published (UMI dates from 2002)."], said["limms 1995 S4"]);
        Assert.Equal([null], said["majulab 2007 S3"]);
        Assert.Equal([null], said["ilance 2021 S4"]);
        Assert.Equal([null], said["majulab 2014 RNSR:201420852J"]);
    }

    [Fact]
    public async Task A_register_that_keeps_an_old_label_is_told()
    {
        var record = await DemoAsync();
        var act = record.Acts["majulab"].Single(a => a.Source.Cites("RNSR"));
        Assert.Equal("UMI, the label before 2019, kept by the register in 2022.", Lineages.Outdated(record, act)?.En);
        Assert.Null(Lineages.Outdated(record, record.Acts["majulab"].First()));
    }

    [Fact]
    public async Task A_life_is_drawn_from_act_to_act()
    {
        var record = await DemoAsync();
        Assert.Equal(["Earlier PICS 2007-2010", "Earlier LIA 2010-2014", "Present UMI 2014-2026"], Drawn(record, "majulab"));
        Assert.Equal(["Earlier LIA 2002-2005", "Vague UMI 2005-2006", "Present UMI 2006-2026"], Drawn(record, "poncelet"));
        Assert.Equal(["Vague IRN ?-2025", "Present IRN 2025-2026"], Drawn(record, "goldmine"));
    }

    static IEnumerable<string> Drawn(PortfolioRecord record, string key) =>
        Lineages.Stretches(record, record.Structures[key], Today).Select(s => $"{s.Kind} {s.Label} {(s.From is { } from ? $"{(int)from}" : "?")}-{(int)s.To}");

    [Theory]
    [InlineData("centre=cnrs-utokyo", "cnrs-utokyo dynacom ilance jfli limms")]
    [InlineData("centre=none", "lhara majulab mse2 poncelet")]
    [InlineData("kind=IRN", "goldmine quantum-fields-and-strings")]
    [InlineData("country=RU", "poncelet")]
    [InlineData("organisation=lille", "integrative-metabolism")]
    [InlineData("source=RNSR", "abraham-de-moivre dynacom jfli limms majulab poncelet")]
    [InlineData("text=université sorbonne", "majulab")]
    [InlineData("text=UNIVERSITE dumas", "integrative-metabolism")]
    [InlineData("text=nothing-like-it", "")]
    public async Task A_list_answers_its_filter(string asked, string keys)
    {
        var record = await DemoAsync();
        var value = asked[(asked.IndexOf('=') + 1)..];
        var filter = asked.Split('=')[0] switch
        {
            "centre" => new StructureFilter { Centre = value },
            "kind" => new StructureFilter { Kind = value },
            "country" => new StructureFilter { Country = value },
            "organisation" => new StructureFilter { Organisation = value },
            "source" => new StructureFilter { Source = value },
            _ => new StructureFilter { Text = value },
        };
        Assert.Equal(keys, string.Join(' ', PortfolioQueries.Rows(record, filter, Today).Select(r => r.Structure.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_list_is_sorted_either_way()
    {
        var record = await DemoAsync();
        var up = PortfolioQueries.Rows(record, new() { Sort = "name" }, Today).Select(r => r.Structure.Key).ToList();
        var down = PortfolioQueries.Rows(record, new() { Sort = "-name" }, Today).Select(r => r.Structure.Key).ToList();
        Assert.Equal(up, Enumerable.Reverse(down));
        Assert.Equal("limms", PortfolioQueries.Rows(record, new() { Sort = "since" }, Today)[0].Structure.Key);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task An_organisation_is_found_by_id_key_or_name(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default);
        var record = await PortfolioRecord.ReadAsync(world.Db, default);
        foreach (var text in new[] { "02feahw73", "https://ror.org/02feahw73", "cnrs", "CNRS", "centre national de la recherche scientifique" })
            Assert.Equal("cnrs", Organisations.Find(record, text)?.Key);
        Assert.Equal("sorbonne", Organisations.Find(record, "UPMC")?.Key);
        Assert.Null(Organisations.Find(record, "000000000"));
        var cnrs = Organisations.Find(record, "cnrs")!;
        Assert.Equal(("I1294671590", "999997930"), (cnrs.OpenAlex.Single(), cnrs.Pics.Single()));
    }
}
