using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using static Entente.Core.Tests.Evidence.Cordis.CordisFiles;

namespace Entente.Core.Tests.Evidence.Cordis;

/// <summary>What moved joint projects, on two vintages of CORDIS drawn at random, against lists of projects.</summary>
public sealed class ProjectMovesTests
{
    /// <summary>A project as the tables have it: who takes part, and its row, of which the start may be unknown; null where it has none.</summary>
    internal sealed record Drawn(string Id, string[] Pics, string? Start)
    {
        public bool Joint(Years? years) => Pics.Contains(Cnrs) && Pics.Contains(Imperial)
            && (years is not { } window || (Start is { Length: > 0 } start && window.Contains(int.Parse(start.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task They_walk_as_lists_of_projects_do(int seed)
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        var (earlier, later) = Draw(new(seed));
        var (first, last) = (await ImportAsync(world, earlier, "1"), await ImportAsync(world, later, "2"));
        foreach (var (from, to) in new (Years?, Years?)[] { (null, null), (null, new(2015, 2018)), (new(2014, 2016), new(2014, 2016)), (new(2014, 2016), new(2016, 2020)) })
        {
            var question = new Question("joint-projects") { A = "cnrs", B = "imperial", Years = from, Vintage = first };
            var move = Explaining.Explain(world.Work, question, question with { Years = to, Vintage = last }, default);
            Assert.True(move.Ok, move.Refusal?.Message.En);
            var walk = Walk(earlier, later, from, to);
            Assert.Equal(Enumerable.Range(0, 5).Select(i => ((double?)(walk[i + 1].Count - walk[i].Count), (long)walk[i + 1].Except(walk[i]).Count(), (long)walk[i].Except(walk[i + 1]).Count())),
                move.Value.Parts.Select(part => (part.Amount, part.In, part.Out)));
            Assert.Equal(move.Value.Difference, move.Value.Parts.Sum(part => part.Amount));
            Assert.All(move.Value.Parts.Where(part => part.Cause != MoveCause.Registration && (part.Cause != MoveCause.Definition || from != to)), part => Assert.NotEqual(0, part.In + part.Out));
        }
    }

    static List<string>[] Walk(List<Drawn> earlier, List<Drawn> later, Years? from, Years? to)
    {
        static List<string> Of(IEnumerable<Drawn> projects, Years? years) => [.. projects.Where(p => p.Joint(years)).Select(p => p.Id)];
        static bool Holds(List<Drawn> projects, string id) => projects.Exists(p => p.Id == id);
        var defined = Of(earlier, to);
        var kept = Of(earlier.Where(p => Holds(later, p.Id)), to);
        return [Of(earlier, from), defined, defined, kept, [.. kept, .. Of(later.Where(p => !Holds(earlier, p.Id)), to)], Of(later, to)];
    }

    /// <summary>Two vintages, of which a part of the projects stays as it is.</summary>
    internal static (List<Drawn> Earlier, List<Drawn> Later) Draw(Random random)
    {
        bool Chance(int oneIn) => random.Next(oneIn) == 0;
        Drawn One(int id) => new($"10{id}", [.. new[] { Cnrs, Imperial, "100000099" }.Where(_ => !Chance(4))], Chance(5) ? null : Chance(5) ? "" : $"{random.Next(2013, 2021)}-03-01");
        // What nobody takes part in and has no row is not held.
        static bool Held(Drawn project) => project.Pics.Length > 0 || project.Start is not null;
        var first = Enumerable.Range(100, 120).Select(One).ToList();
        var second = first.Where(_ => !Chance(4)).Select(p => Chance(3) ? One(int.Parse(p.Id.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture)) : p).Concat(Enumerable.Range(220, 30).Select(One));
        return ([.. first.Where(Held)], [.. second.Where(Held)]);
    }

    /// <returns>the vintage</returns>
    internal static async Task<string> ImportAsync(TestWorld world, List<Drawn> projects, string name)
    {
        var parts = projects.SelectMany(p => p.Pics.Select(pic => Part(p.Id, pic, "participant")));
        var rows = projects.Where(p => p.Start is not null).Select(p => Project(p.Id, p.Start!, "H2020-EU.1.1."));
        var imported = await Import(world, Write(world, $"o{name}.csv", Table(OrganisationHeader, [.. parts])), Write(world, $"p{name}.csv", Table(ProjectHeader, [.. rows])));
        Assert.True(imported is { Ok: true, Value.Rejected: 0 }, imported.Refusal?.Message.En);
        return imported.Value.Vintage;
    }
}
