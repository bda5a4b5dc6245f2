using System.Security.Cryptography;
using System.Text;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Cordis.CordisFiles;

namespace Entente.Core.Tests.Evidence.Cordis;

public sealed class JointProjectsTests
{
    static readonly CordisParty A = new("CNRS", [Cnrs]), B = new("Imperial", [Imperial]);

    static async Task<TestWorld> WorldAsync()
    {
        var world = await TestWorld.OpenAsync();
        var organisations = Write(world, "o.csv", Table(OrganisationHeader,
            Part("1", Cnrs, "coordinator", order: "1"), Part("1", Imperial, "participant", order: "2"),
            Part("2", Cnrs, "thirdParty", order: "1"), Part("2", Imperial, "participant", order: "2"),
            // Several parts of one organisation in one project: the leading one counts, and the amounts add up.
            Part("3", Cnrs, "thirdParty", order: "1"), Part("3", Cnrs, "participant", order: "5"), Part("3", Imperial, "coordinator", order: "2"),
            // No row in the project table.
            Part("4", Cnrs, "participant"), Part("4", Imperial, "associatedPartner"),
            // Only one of them; and a third.
            Part("5", Cnrs, "participant"), Part("6", Imperial, "participant"), Part("1", "111111111", "participant")));
        var projects = Write(world, "p.csv", Table(ProjectHeader,
            Project("1", "2015-03-01", "H2020-EU.1.1."), Project("2", "2017-09-01", ""), Project("3", "2017-01-01", "H2020-EU.1.1."), Project("9", "2014-01-01", "H2020-EU.9.")));
        Assert.True((await CordisFiles.Import(world, organisations, projects)).Ok);
        return world;
    }

    static string[] Of(IReadOnlyDictionary<string, long>? counts) => [.. counts!.Select(c => $"{c.Key}={c.Value}")];

    [Fact]
    public async Task Projects_of_both_are_counted_by_role_programme_and_year()
    {
        await using var world = await WorldAsync();
        var count = JointProjects.Count(world.Work, A, B, null, null).Value;
        Assert.Equal((4d, 4d, 2d), (count.Value, count.Breakdown.All, count.Breakdown.WithoutPartnerRoles));
        Assert.Equal(["coordinator/participant=1", "participant/associatedPartner=1", "participant/coordinator=1", "thirdParty/participant=1"], Of(count.Breakdown.ByRole));
        Assert.Equal(["H2020-EU.1.1.=2", "unknown=2"], Of(count.Breakdown.ByProgramme));
        Assert.Equal(["2015=1", "2017=2", "unknown=1"], Of(count.Breakdown.ByYear));
        Assert.Equal([new(2015, 1), new(2016, 0), new(2017, 2)], count.Series);
        Assert.Equal(["1", "2", "3", "4"], count.Projects.Select(p => p.Id));
        Assert.Equal((201m, 100.5m), (count.Projects[2].ContributionToA, count.Projects[2].ContributionToB));
        Assert.Equal(("ACRO3", "A title", new DateOnly(2017, 1, 1), true), (count.Projects[2].Acronym, count.Projects[2].Title, count.Projects[2].Start, count.Projects[2].WithoutPartnerRoles));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("1\n2\n3\n4\n"u8)), count.Digest);
        Assert.Equal("selection", count.Coverage);
    }

    [Fact]
    public async Task The_other_way_round_the_roles_are_turned_and_nothing_else()
    {
        await using var world = await WorldAsync();
        var (there, back) = (JointProjects.Count(world.Work, A, B, null, null).Value, JointProjects.Count(world.Work, B, A, null, null).Value);
        Assert.Equal((there.Value, there.Digest, there.Breakdown.WithoutPartnerRoles), (back.Value, back.Digest, back.Breakdown.WithoutPartnerRoles));
        Assert.Equal(Of(there.Breakdown.ByRole).Select(r => string.Join('/', r[..^2].Split('/').Reverse()) + r[^2..]).Order(StringComparer.Ordinal), Of(back.Breakdown.ByRole).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Within_a_window_a_project_without_a_known_start_is_in_the_upper_bound_only()
    {
        await using var world = await WorldAsync();
        var count = JointProjects.Count(world.Work, A, B, new Years(2016, 2018), null).Value;
        Assert.Equal((2d, new Bounds(2, 3)), (count.Value, count.Bounds));
        Assert.Equal([new(2016, 0), new(2017, 2), new(2018, 0)], count.Series);
        Assert.Equal(["2", "3"], count.Projects.Select(p => p.Id));
        Assert.Equal(["4"], count.OnlyInUpper.Select(p => p.Id));
        Assert.Contains("between 2016 and 2018", count.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_code_nothing_is_counted_and_a_known_one_without_projects_gives_zero()
    {
        await using var world = await WorldAsync();
        var refusal = JointProjects.Count(world.Work, A, new("The University of Tokyo", []), null, null).Refusal;
        Assert.Equal("no-pic", refusal?.Code);
        Assert.StartsWith("No PIC known for The University of Tokyo", refusal!.Message.En, StringComparison.Ordinal);
        var none = JointProjects.Count(world.Work, A, new("Nobody", ["222222222"]), null, null).Value;
        Assert.Equal((0d, Convert.ToHexStringLower(SHA256.HashData([]))), (none.Value, none.Digest));
        Assert.Empty(none.Series);
    }

    [Fact]
    public async Task Several_codes_of_one_organisation_count_as_one()
    {
        await using var world = await WorldAsync();
        Assert.Equal(4, JointProjects.Count(world.Work, new("CNRS", [Cnrs, "111111111"]), B, null, null).Value.Value);
    }

    [RealDataFact]
    public async Task On_the_real_tables_every_pair_of_the_busiest_counts_as_a_slow_twin_does()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.True((await CordisFiles.Import(world, OrganisationTable, ProjectTable)).Ok);
        var rows = Rows(OrganisationTable);
        var busiest = rows.GroupBy(r => r["organisationID"]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(12).Select(g => g.Key).Append(Imperial).ToArray();
        foreach (var (a, b) in from a in busiest from b in busiest where string.CompareOrdinal(a, b) < 0 select (a, b))
        {
            var expected = rows.Where(r => r["organisationID"] == a).Select(r => r["projectID"]).Intersect(rows.Where(r => r["organisationID"] == b).Select(r => r["projectID"])).ToArray();
            var full = expected.Count(p => new[] { a, b }.All(pic => rows.Any(r => r["projectID"] == p && r["organisationID"] == pic && r["role"] is "coordinator" or "participant")));
            var count = JointProjects.Count(world.Work, new(a, [a]), new(b, [b]), null, null).Value;
            Assert.Equal((expected.Length, full), ((int)count.Value, (int)count.Breakdown.WithoutPartnerRoles!));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(expected.Order(StringComparer.Ordinal).Select(p => p + "\n"))))), count.Digest);
            Assert.All(new[] { count.Breakdown.ByRole, count.Breakdown.ByProgramme, count.Breakdown.ByYear }, by => Assert.Equal(expected.Length, by!.Values.Sum()));
        }
        var cnrs = JointProjects.Count(world.Work, A, B, null, null).Value;
        Assert.Equal((1d, 0d), (cnrs.Value, cnrs.Breakdown.WithoutPartnerRoles));
        Assert.Equal(["thirdParty/participant=1"], Of(cnrs.Breakdown.ByRole));
    }

    [DuckDbFact]
    public async Task The_sql_of_the_receipt_gives_the_same_value_bounds_and_digest()
    {
        await using var world = await WorldAsync();
        // The tables as CORDIS names them, beside the receipt.
        File.Move(Path.Combine(world.Folder.Root, "o.csv"), Path.Combine(world.Folder.Root, "organization.csv"));
        File.Move(Path.Combine(world.Folder.Root, "p.csv"), Path.Combine(world.Folder.Root, "project.csv"));
        var counts = new[] { (Years?)null, new Years(2016, 2018), new Years(2015, 2015), new Years(1999, 2000) }.ToDictionary(y => $"{y}", y => JointProjects.Count(world.Work, A, B, y, null).Value);
        foreach (var (name, row) in await DuckDb.RunAsync(counts.Select(c => new DuckDb.Query(c.Key, c.Value.Sql, world.Folder.Root))))
            Assert.Equal(
                (counts[name].Value, counts[name].Bounds.Lower, counts[name].Bounds.Upper, counts[name].Digest),
                (DuckDb.Number(row, "value"), DuckDb.Number(row, "lower"), DuckDb.Number(row, "upper"), row.GetProperty("digest").GetString()));
    }
}
