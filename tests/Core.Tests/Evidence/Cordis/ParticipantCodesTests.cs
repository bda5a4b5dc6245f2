using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Evidence.Ror;
using Entente.Core.Portfolio;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Cordis.CordisFiles;

namespace Entente.Core.Tests.Evidence.Cordis;

public sealed class ParticipantCodesTests
{
    const string Header = "projectID;organisationID;vatNumber;name;shortName;city;country;organizationURL;role;order";

    const string Records = """
        {"id":"https://ror.org/02feahw73","status":"active","names":[{"value":"Centre National de la Recherche Scientifique","types":["ror_display","label"]},{"value":"CNRS","types":["acronym"]}],"links":[{"type":"website","value":"https://www.cnrs.fr/en"},{"type":"wikipedia","value":"http://en.wikipedia.org/wiki/CNRS"}],"locations":[{"geonames_details":{"country_code":"FR","name":"Paris"}}],"types":["government"],"relationships":[],"external_ids":[]}
        """;

    static async Task<TestWorld> WorldAsync()
    {
        var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        Assert.True((await RorImport.RunAsync(world.Work, [Write(world, "ror.json", $"[{Records}]")], "v2.9", false, null, default)).Ok);
        var table = Write(world, "o.csv", Table(Header,
            $"1;{Cnrs};FR40180089013;CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE CNRS;CNRS;PARIS;FR;www.cnrs.fr;coordinator;1", $"1;{Imperial};GB1;IMPERIAL COLLEGE;IC;LONDON;UK;http://imperial.ac.uk;participant;2",
            // The tax number of the first; its own site; its name, in its country and town; its acronym; its name in another country; nothing.
            $"2;111111111;FR 40 180089013;CNRS UNIT;;GIF;FR;;participant;1", $"2;{Imperial};GB1;IMPERIAL COLLEGE;IC;LONDON;UK;;participant;2",
            "3;222222222;;ANOTHER;;LILLE;FR;http://WWW.cnrs.fr/labo;participant;1",
            $"1;333333333;;Centre national de la recherche scientifique;;Paris;FR;;participant;3", $"4;333333333;;Centre national de la recherche scientifique;;Paris;FR;;participant;1", $"4;{Imperial};GB1;IMPERIAL COLLEGE;IC;LONDON;UK;;participant;2",
            "5;444444444;;SOMETHING ELSE;CNRS;NICE;FR;;participant;1", "6;555555555;;Centre National de la Recherche Scientifique;;Liban;LB;;participant;1", "7;666666666;;UNIVERSITE DE PARIS;UP;PARIS;FR;;participant;1"));
        Assert.True((await CordisFiles.Import(world, table)).Ok);
        return world;
    }

    static string Told(CodeLink link) => FormattableString.Invariant($"{link.Pic} {link.Confidence} {string.Join('+', link.Grounds)} {link.Counted} {link.Projects} {link.Joint}");

    [Fact]
    public async Task Each_ground_is_told_with_what_hangs_on_it()
    {
        await using var world = await WorldAsync();
        var found = ParticipantCodes.Of(world.Work, "cnrs", "imperial", null).Value;
        Assert.Equal(("02feahw73", "v2.9"), (found.Ror, found.Release));
        Assert.Equal(
        [
            $"{Cnrs} 1 Decision+Website+Acronym+Address True 1 1",
            "111111111 0.9 Identifier False 1 1",
            "333333333 0.86 Name+Address False 2 1",
            "222222222 0.8 Website False 1 0",
            "444444444 0.3 Acronym False 1 0",
        ], found.Links.Select(Told));
    }

    [Fact]
    public async Task A_link_changes_no_figure_before_it_is_decided()
    {
        await using var world = await WorldAsync();
        var joint = Figures.Ask(world.Work, new Question("joint-projects") { A = "cnrs", B = "imperial" }, receipt: false, default).Value;
        Assert.Equal(1, joint.Value);
        var both = ParticipantCodes.Of(world.Work, "cnrs", "imperial", null).Value.Links;
        Assert.Equal(3, JointProjects.Count(world.Work, new("CNRS", [.. both.Where(l => l.Joint > 0).Select(l => l.Pic)]), new("Imperial", [Imperial]), null, null).Value.Value);
    }

    [Fact]
    public async Task An_organisation_is_not_held_against_itself_and_an_unknown_one_is_refused()
    {
        await using var world = await WorldAsync();
        Assert.Equal("same-organisation", ParticipantCodes.Of(world.Work, "cnrs", "02feahw73", null).Refusal!.Code);
        Assert.Equal("unknown-organisation", ParticipantCodes.Of(world.Work, "Nobody at all", null, null).Refusal!.Code);
        Assert.Equal(("Imperial College London", 3L), ParticipantCodes.Of(world.Work, "imperial", null, null).Value is var one ? (one.Organisation, one.Links[0].Projects) : default);
    }

    [Fact]
    public async Task A_row_that_was_put_back_keeps_nothing_that_may_have_slipped()
    {
        await using var world = await TestWorld.OpenAsync();
        var table = Write(world, "o.csv", Table(OrganisationHeader, Part("1", Cnrs, "coordinator"), Part("2", Cnrs, "coordinator", street: "MAIN; STREET 1")));
        Assert.True((await CordisFiles.Import(world, table)).Ok);
        using var tables = CordisTables.Open(world.Folder, Vintages.Find(world.Folder, VintageKind.Cordis, null).Value);
        Assert.Equal([("Paris", "u.example", "VAT1", false), ("", "", "", true)], tables.Participations().Select(p => (p.City, p.Host, p.Vat, p.Repaired)));
        Assert.Equal(CordisSchema.KeptIfSound.Order(), CordisSchema.Organisation.Where(c => !c.Kept && CordisSchema.KeptIfSound.Contains(c.Name)).Select(c => c.Name).Order());
    }

    [RealDataFact]
    public async Task The_codes_of_the_portfolio_are_found_in_the_real_table_by_name()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        Assert.True((await RorImport.RunAsync(world.Work, [RealWorld.History("02feahw73", "v2.3"), RealWorld.History("041kmwe10", "v2.3")], "v2.3", false, null, default)).Ok);
        Assert.True((await CordisFiles.Import(world, OrganisationTable)).Ok);
        foreach (var (key, pic) in new[] { ("cnrs", Cnrs), ("imperial", Imperial) })
        {
            var first = ParticipantCodes.Of(world.Work, key, null, null).Value.Links[0];
            Assert.Equal((pic, true), (first.Pic, first.Counted));
            Assert.True(first.Grounds.Count > 1, Told(first));
        }
    }
}
