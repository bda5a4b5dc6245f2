using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using static Entente.Core.Tests.Evidence.Cordis.CordisFiles;

namespace Entente.Core.Tests.Evidence.ClickHouse;

/// <summary>Tables of CORDIS drawn at random with what real ones have too: several codes of one organisation, several parts in one project, rows that others lack, texts of every kind.</summary>
static class RandomProjects
{
    /// <summary>Organisations of the demonstration, and codes for them: some have several, two share one, and one's is in no table.</summary>
    static readonly (string Key, string[] Pics)[] Codes =
    [
        ("cnrs", ["100000001"]), ("imperial", ["100000002", "100000003"]), ("utokyo", ["100000004", "100000005", "100000006"]), ("arizona", ["100000007"]), ("sorbonne", ["100000008", "100000007"]),
        ("rennes", ["100000009"]), ("lille", ["100000010", "222222222"]), ("nus", ["222222223"]),
    ];

    static readonly string[] Roles = ["coordinator", "participant", "participant", "participant", "associatedPartner", "partner", "internationalPartner", "thirdParty", "observer", "Zeuge"];
    static readonly string[] Amounts = ["", "0", "100.5", "100.50", "1234567,89", "99999999999.99"];
    static readonly string[] Titles = ["", "Water", "L’eau « vive »", "It's \"quoted\"; and \\ a 'stroke'", "Ωmega — 数学 \U0001F30A", "Tab\there"];
    static readonly string[] Bases = ["", "H2020-EU.1.1.", "H2020-EU.1.3.", "HORIZON.1.2"];
    static readonly string[] Starts = ["", "2014-10-01", "2015-01-01", "2015-12-31", "2018-06-15", "2021-03-01", "0001-01-01", "9999-12-31"];
    static readonly string[] Sciences = ["/23;/natural sciences;natural sciences", "/23/49;/natural sciences/biological sciences;biological sciences", "/25;/engineering and technology;engineering and technology", "/27;;no path"];

    public static IReadOnlyList<string> Keys { get; } = [.. Codes.Select(c => c.Key), "mit"];

    /// <summary>Gives these organisations codes beside what the demonstration says: those above, or as many of others as are given.</summary>
    public static async Task GiveCodesAsync(TestWorld world, IReadOnlyList<string>? pics = null)
    {
        var folder = Path.Combine(world.Folder.Root, "portfolio");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Portfolios.DemoFolder)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var dealt = pics is null ? Codes : [.. Codes.Select((c, i) => (c.Key, pics.Where((_, at) => at % Codes.Length == i).ToArray()))];
        await File.AppendAllLinesAsync(Path.Combine(folder, "identifiers.csv"), dealt.SelectMany(c => c.Item2.Select(pic => $"{c.Key},,pic,{pic},CORDIS:999997930,")));
        var loaded = await Portfolios.EnsureAsync(world.Work, folder, default);
        Assert.True(loaded.Ok, loaded.Refusal?.Message.En);
    }

    /// <summary>Draws tables of so many projects and imports them.</summary>
    public static async Task<Manifest> ImportAsync(TestWorld world, int projects, int seed)
    {
        var draw = new Random(seed);
        string One(string[] among) => among[draw.Next(among.Length)];
        string[] pics = [.. Codes.SelectMany(c => c.Pics).Distinct().Where(pic => pic[0] == '1'), "100000099"];
        string[] ids = [.. Enumerable.Range(0, projects).Select(i => $"{(i % 7 == 0 ? "GA-" : "")}{draw.Next(1_000_000)}.{i}")];
        var parts = ids.SelectMany(id => Enumerable.Range(0, draw.Next(8)).Select(i => Part(id, One(pics), One(Roles), amount: One(Amounts), order: $"{i}")));
        var rows = ids.Where(_ => draw.Next(5) > 0).Select(id => Project(id, One(Starts), One(Bases), title: Quoted(One(Titles))));
        var topics = ids.SelectMany(id => Enumerable.Range(0, draw.Next(3)).Select(i => $"{id};T-{draw.Next(9)}{(i == 1 ? "é" : "")};{Quoted(One(Titles))}"));
        var sciences = ids.SelectMany(id => Enumerable.Range(0, draw.Next(3)).Select(_ => $"{id};{One(Sciences)};"));
        var bases = ids.SelectMany(id => Enumerable.Range(0, draw.Next(2)).Select(_ => $"{id};H2020-EU.{draw.Next(4)}.;A part;true")).Append("NOWHERE;H2020-EU.9.;Of a project that nothing else names;");
        var imported = await Import(world, Write(world, $"o{seed}.csv", Table(OrganisationHeader, [.. parts])), Write(world, $"p{seed}.csv", Table(ProjectHeader, [.. rows])),
            Write(world, $"t{seed}.csv", Table(TopicHeader, [.. topics])), Write(world, $"s{seed}.csv", Table(ScienceHeader, [.. sciences])), Write(world, $"b{seed}.csv", Table(BasisHeader, [.. bases])));
        Assert.True(imported is { Ok: true, Value.Rejected: 0 }, imported.Refusal?.Message.En);
        return Vintages.Find(world.Folder, VintageKind.Cordis, imported.Value.Vintage).Value;
    }

    static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A question about two of the organisations, within a window or not.</summary>
    public static Question Draw(Random draw, string vintage)
    {
        var first = draw.Next(2012, 2023);
        return new("joint-projects")
        {
            Vintage = vintage, A = Keys[draw.Next(Keys.Count)], B = Keys[draw.Next(Keys.Count)], Years = draw.Next(3) == 0 ? null : new Years(first, first + draw.Next(6)),
        };
    }
}
