using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Search;

namespace Entente.Core.Tests.Store.Search;

/// <summary>Search against a slow twin that reads every text of every thing, and against the record as it is cut for the reader.</summary>
public sealed class SearchTwinTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Search_finds_what_its_slow_twin_finds(string kind)
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            await using var world = await TestWorld.OpenAsync(kind);
            var random = new Random(seed);
            var record = new RandomRecord(world, random);
            await record.FillAsync();
            var found = 0;
            for (var round = 0; round < 6; round++)
            {
                var documents = await DocumentsAsync(world.Db);
                var all = await PortfolioRecord.ReadAsync(world.Db, default);
                for (var i = 0; i < 25; i++) found += await CompareAsync(world, documents, all, record.Query(), record.Reader(), $"seed {seed}, round {round}");
                for (var i = 0; i < 5; i++) await record.ChangeAsync();
            }
            Assert.True(found > 300, $"Only {found} things were found in all: the twin compares little.");
        }
    }

    static async Task<List<SearchDocument>> DocumentsAsync(Db db)
    {
        var documents = new List<SearchDocument>();
        foreach (var source in SearchSource.All)
            foreach (var kind in source.Kinds) documents.AddRange(await source.ReadAsync(db, kind.Name, null, default));
        return documents;
    }

    static async Task<int> CompareAsync(TestWorld world, List<SearchDocument> documents, PortfolioRecord all, string words, Actor reader, string where)
    {
        var found = await Searching.FindAsync(new Work(world.Db, world.Folder, reader, TimeProvider.System), words, Searching.Ranked, default);
        var twin = Searching.Order(documents.Select(d => Twin(d, words, reader)).OfType<Found>()).ToList();
        var what = $"{where}: “{words}” for {string.Join(", ", reader.Grants)} of account {reader.Account}";
        foreach (var kind in SearchSource.AllKinds.Keys)
        {
            var mine = found.SingleOrDefault(k => k.Kind == kind);
            var theirs = twin.Where(f => f.Kind == kind).ToList();
            Assert.True(theirs.Count == (mine?.Count ?? 0), $"{what}: {mine?.Count ?? 0} {kind} are counted, {theirs.Count} are there.");
            Assert.True(theirs.SequenceEqual(mine?.Best ?? []), $"{what}: {string.Join(" ", mine?.Best ?? [])} against {string.Join(" ", theirs)}");
        }
        var cut = all.For(reader);
        Assert.All(found.SelectMany(k => k.Best), f => Assert.True(Known(cut, f), $"{what}: {f} is not open to the reader."));
        return twin.Count;
    }

    static bool Known(PortfolioRecord cut, Found found) => found.Kind switch
    {
        "structures" => cut.Structures.ContainsKey(found.Key),
        "organisations" => cut.Organisations.ContainsKey(found.Key),
        "people" => cut.People.ContainsKey(found.Key),
        "agreements" => cut.Agreements.SelectMany(a => a).Any(a => a.Key == found.Key),
        _ => true,
    };

    /// <summary>The thing as this reader finds it; null where no audience that the reader has may read all the words.</summary>
    static Found? Twin(SearchDocument thing, string words, Actor reader)
    {
        bool Passes(IEnumerable<Gate> gates) => gates.All(g => g.Audience.OpenTo(reader, g.Sides?.Split(',', StringSplitOptions.RemoveEmptyEntries), g.Scope));
        if (!Passes(thing.Gates)) return null;
        var asked = Words.Of(words).ToList();
        var texts = thing.Texts.Select(t => (t.Text, t.IsName, Level: Gate.Reduce(thing.Gates.Concat(t.Gates)))).ToList();
        Found? best = null;
        foreach (var level in texts.Select(t => t.Level).Append(Gate.Reduce(thing.Gates)).Where(l => l.Count <= 2 && Passes(l)))
        {
            var open = texts.Where(t => t.Level.All(g => level.Any(l => l.Implies(g)))).ToList();
            var title = new[] { thing.Title.En, thing.Title.Fr }.Concat(open.Where(t => t.IsName).Select(t => t.Text)).SelectMany(Words.Of).ToList();
            var any = open.SelectMany(t => Words.Of(t.Text)).Concat(title).ToList();
            if (!Hold(any, asked)) continue;
            var whole = new[] { thing.Title.En, thing.Title.Fr }.Any(t => Words.Of(t).SequenceEqual(Words.Of(words)));
            var begins = new[] { thing.Title.En, thing.Title.Fr }.Any(t => Words.Of(t).FirstOrDefault()?.StartsWith(asked[0], StringComparison.Ordinal) == true);
            var rank = whole ? 0 : !Hold(title, asked) ? 3 : begins ? 1 : 2;
            if (best is null || rank < best.Rank) best = new(thing.Kind, thing.Key, thing.Title, rank);
        }
        return best;
    }

    static bool Hold(List<string> there, List<string> asked) => asked.Count > 0 && asked.All(a => there.Any(t => t.StartsWith(a, StringComparison.Ordinal)));

    /// <summary>What follows every write is what would be made anew.</summary>
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_index_follows_writes_and_what_is_undone_leaves_no_trace(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        Assert.Null(await SearchIndex.EnsureAsync(world.Db, default));
        Assert.Equal("majulab", await OnlyAsync(world, "majulab"));
        await using (await world.Work.BeginAsync(default))
        {
            await RenameAsync(world, "Zanzibar");
            Assert.Equal("majulab", await OnlyAsync(world, "zanzi"));
        }
        world.Db.ChangeTracker.Clear();
        Assert.Null(await OnlyAsync(world, "zanzi"));
        await RenameAsync(world, "Zanzibar");
        Assert.Equal("majulab", await OnlyAsync(world, "zanzi"));
        await using var turn = await world.Work.BeginAsync(default);
        Assert.True(await SearchIndex.RebuildAsync(world.Db, default) > 50);
        Assert.Equal("majulab", await OnlyAsync(world, "zanzi"));
    }

    static async Task<string?> OnlyAsync(TestWorld world, string words) =>
        (await Searching.FindAsync(world.Work, words, 10, default, "structures")).SingleOrDefault()?.Best.Single().Key;

    static async Task RenameAsync(TestWorld world, string name)
    {
        var structure = world.Db.Structures.Single(s => s.Key == "majulab");
        world.Db.Entry(structure).Property(nameof(Structure.Name)).CurrentValue = name;
        world.Work.Log("test", "structures/majulab");
        await world.Db.SaveChangesAsync();
    }
}
