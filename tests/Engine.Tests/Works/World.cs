using Entente.Engine.Works;

namespace Entente.Engine.Tests.Works;

/// <summary>One record as a test states it; units of authorships by their own properties.</summary>
sealed record Paper(long Id, int Year, Unit[][] Authors)
{
    public int Topic { get; init; }
    public string? Type { get; init; }
    public WorkFlags Flags { get; init; }
    public uint Goals { get; init; }
    public int Citations { get; init; }
    public long[] Funders { get; init; } = [];
    public long Updated { get; init; }
    public ulong Hash { get; init; }
    public string? Title { get; init; }
    public string? Doi { get; init; }

    public IEnumerable<Unit> Units => Authors.SelectMany(units => units);
}

/// <summary>Papers invented from a seed, the store that the product makes of them, and the papers that should stand in it.</summary>
sealed class World : IDisposable
{
    readonly TempFolder folder = new();

    public World(IEnumerable<Paper> papers, int worksPerSegment = 1_000_000)
    {
        var all = papers.ToList();
        using var writer = new WorksWriter(folder.Path, worksPerSegment);
        var record = new WorkRecord();
        foreach (var paper in all) writer.Add(Fill(record, paper, writer));
        Written = writer.Finish();
        Store = WorksStore.Open(folder.Path, Written.Files.Select(file => file.Name));
        Papers = [.. all.GroupBy(paper => paper.Id).Select(same => same.MaxBy(paper => (paper.Updated, paper.Hash))!)];
    }

    public string Folder => folder.Path;
    public WorksWritten Written { get; }
    public WorksStore Store { get; }

    /// <summary>The newest record of each id.</summary>
    public IReadOnlyList<Paper> Papers { get; }

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }

    public static List<Paper> Invent(int seed, int count, int ids = int.MaxValue)
    {
        var random = new Random(seed);
        string?[] countries = ["FR", "GB", "JP", null], types = ["company", null, "education"];
        var organisations = Enumerable.Range(1, 12).Select(id => new Unit(
            id, id % 4 == 0 ? null : $"0ror{id:D5}", countries[id % 4], types[id % 3], $"Organisation n° {id}",
            id % 3 == 0 ? [id, 1, 2] : [id])).ToArray();
        var variants = organisations.Select(unit => unit with { Country = "US", Type = "funder", Lineage = [] }).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => new Paper(
            random.NextInt64(1, Math.Min(ids, 4_000_000_000L)),
            random.Next(8) == 0 ? 0 : random.Next(1995, 2026),
            [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => Enumerable.Range(0, random.Next(0, 4))
                .Select(_ => random.Next(6) == 0 ? variants[random.Next(12)] : organisations[random.Next(12)]).ToArray())])
        {
            Topic = random.Next(0, 5) * 1000,
            Type = random.Next(4) switch { 0 => null, 1 => "article", 2 => "book", _ => "préprint" },
            Flags = (WorkFlags)random.Next(0, 8) | (WorkFlags)(random.Next(4) * 8),
            Goals = random.Next(2) == 0 ? 0 : (uint)random.Next(1 << 17),
            Funders = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.NextInt64(1, 5))],
            Citations = random.Next(3) * random.Next(100),
            Updated = random.Next(0, 3),
            Hash = (ulong)random.NextInt64(),
            Title = random.Next(5) == 0 ? null : $"Title {random.Next()} « é »",
            Doi = random.Next(3) == 0 ? null : $"10.1000/{random.Next()}",
        })];
    }

    static WorkRecord Fill(WorkRecord record, Paper paper, WorksWriter writer)
    {
        record.Clear();
        (record.Id, record.Year, record.Topic, record.Type, record.Flags) = (paper.Id, paper.Year, paper.Topic, paper.Type, paper.Flags);
        record.Funders.AddRange(paper.Funders);
        (record.Goals, record.Citations) = (paper.Goals, paper.Citations);
        (record.Updated, record.Hash, record.Title, record.Doi) = (paper.Updated, paper.Hash, paper.Title, paper.Doi);
        foreach (var units in paper.Authors)
        {
            foreach (var unit in units) record.Units.Add(writer.Intern(unit.Id, unit.Ror, unit.Country, unit.Type, unit.Name, unit.Lineage));
            record.AuthorEnds.Add(record.Units.Count);
        }
        return record;
    }
}
