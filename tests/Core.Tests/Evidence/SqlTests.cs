using System.IO.Compression;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Portfolio;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>The SQL of receipts, run as printed, gives the receipt's value, bounds and digest.</summary>
public sealed class SqlTests(RealWorld real) : IClassFixture<RealWorld>
{
    [DuckDbFact]
    public async Task On_a_small_world_with_every_quirk_the_sql_gives_the_same_answers()
    {
        await using var world = await WorldAsync(
        [
            .. Eight, "W9 a1:{CNRS} a2:{ICL} retracted", "W10 a1:{CNRS} a2:{ICL} paratext", "W11 a1:{CNRS} truncated", "W12 a1:{UTK} truncated", "W13 a1:{REU} a2:{CNRS}",
            "W14 a1:{NOWHERE,CNRS} a2:{} a3:{ICL}", "W15", "W16 a1:{CNRS} a2:{ICL} year=", "W17 a1:{CNRS} a2:{ICL} a3:{CNRS,UTK,U1} year=1999 cited=7 fwci=2.3 topic=10001/1702/17/3 goal=13+3", "W20 a1:{CNRS} a2:{ICL} year=2019 cited=3 fwci=0.1 top10 topic=10002/1702/17/3 goal=3", "W21 a1:{UTK} a2:{ICL} cited=5 topic=10003/2204/22/3 type=review", "W18 a1:{U1,REU} truncated",
            "W19 a1:{CNRS} updated=2020-01-01", "W19 a1:{ICL} updated=2024-01-01",
        ]);
        // Where IRL and NOWHERE are nobody tells.
        await world.PlaceAsync("v2.9", "CNRS", "ICL", "UTK", "U1", "REU");
        await HoldAsync(world, Questions(["CNRS", "ICL", "UTK", "U1"], ["FR", "GB", "JP"], RorOf), Path.Combine(world.Folder.Root, "works.jsonl"), Path.Combine(world.Folder.Root, "ror-v2.9.json"));
    }

    [RealDuckDbFact]
    public async Task On_the_real_works_the_sql_gives_the_same_answers()
    {
        Question perimeter = new("output") { A = "cnrs", Membership = Membership.Perimeter };
        await HoldAsync(real.World,
        [
            .. Questions(["02feahw73", "041kmwe10", "03yez3163"], ["FR"], id => id), perimeter, perimeter with { Counting = Counting.Organisation },
            new("co-publications") { A = "cnrs", B = "imperial", Membership = Membership.Perimeter }, new("partners") { A = "cnrs", Membership = Membership.Perimeter },
        ], Path.GetFullPath(RealWorld.WorksFile), Path.GetFullPath(RealWorld.History("02feahw73", "v2.3")), Path.GetFullPath(RealWorld.History("041kmwe10", "v2.3")));
    }

    [RealDuckDbFact]
    public async Task More_than_fifty_ids_are_read_from_members_csv()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        var members = Enumerable.Range(0, 60).Select(i => $"M{i}").ToArray();
        var path = Path.Combine(world.Folder.Root, "works.jsonl");
        // One ROR id that sixty institutions carry, as happens when a source does not merge its records.
        await File.WriteAllLinesAsync(path, members.Select((m, i) => Work($"W{i + 1} a1:{{{m}}} a2:{{ICL}}").ToJsonString()
            .Replace(RorOf(m), RorOf("CNRS"), StringComparison.Ordinal)));
        Assert.True((await OpenAlexImport.RunAsync(world.Work, [path], null, Coverage.Complete, null, default)).Ok);
        var answer = world.Ask(Pair("CNRS", "ICL"), receipt: true);
        Assert.Equal(60, answer.Value);
        Assert.Contains("members.csv", answer.Receipt!.Sql, StringComparison.Ordinal);
        await HoldAsync(world, [Pair("CNRS", "ICL"), Of("CNRS") with { Counting = Counting.Author }], path);
    }

    [RealDuckDbFact]
    public async Task Joint_projects_of_the_official_tables_and_of_a_window_with_a_project_that_no_row_dates()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        string Table(string name) => Path.GetFullPath(Path.Combine(Conditions.Data, "cordis", name));
        Assert.True((await CordisImport.RunAsync(world.Work, [Table("organization.csv.gz"), Table("project.csv.gz")], new(2023, 7, 1), false, null, default)).Ok);
        var (all, window) = (new Question("joint-projects") { A = "cnrs", B = "imperial" }, new Question("joint-projects") { A = "cnrs", B = "imperial", Years = new(2014, 2020) });
        var (first, second) = (world.Ask(all, receipt: true), world.Ask(window, receipt: true));
        Assert.Equal((1.0, 0.0, new Bounds(0, 1)), (first.Value, second.Value, second.Bounds));
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder.Root, "cordis")).FullName;
        foreach (var name in new[] { "organization.csv", "project.csv" })
        {
            await using var unpacked = File.Create(Path.Combine(folder, name));
            await using var packed = new GZipStream(File.OpenRead(Table(name + ".gz")), CompressionMode.Decompress);
            await packed.CopyToAsync(unpacked);
        }
        var rows = await DuckDb.RunAsync([new("all", first.Receipt!.Sql, folder), new("window", second.Receipt!.Sql, folder)]);
        Hold("all", first, rows["all"]);
        Hold("window", second, rows["window"]);
        Assert.All([first, second], answer => Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict));
    }

    static IEnumerable<Question> Questions(string[] names, string[] countries, Func<string, string> ror)
    {
        foreach (var membership in new[] { Membership.Direct, Membership.Lineage })
            foreach (var a in names)
            {
                foreach (var counting in Enum.GetValues<Counting>()) yield return new("output") { A = ror(a), Membership = membership, Counting = counting };
                yield return new("international-share") { A = ror(a), Membership = membership };
                yield return new("partners") { A = ror(a), Membership = membership };
                foreach (var counting in Enum.GetValues<Counting>())
                    foreach (var figure in new[] { "international-share", "collaboration-share", "industry-share" }) yield return new(figure) { A = ror(a), Membership = membership, Counting = counting };
                foreach (var figure in Indicators.All.Where(i => i.Needs.HasFlag(Needs.One) && (i.Family is Family.Goals or Family.Specialisation or Family.Impact or Family.Change || i.Key == "hyper-authorship" || i.ByPlace)))
                    foreach (var counting in figure.Countings)
                        yield return new(figure.Key) { A = ror(a), Membership = membership, Counting = counting, Filters = About(figure), Years = figure.Needs.HasFlag(Needs.Window) ? new(2019, 2020) : null };
                yield return new("long-distance-share") { A = ror(a), Membership = membership, Kilometres = 300, Years = new(2018, 2022) };
                foreach (var country in countries) yield return new("country-share") { A = ror(a), With = country, Membership = membership };
                foreach (var b in names.Where(b => b != a))
                {
                    yield return new("co-publications") { A = ror(a), B = ror(b), Membership = membership };
                    yield return new("co-publications") { A = ror(a), B = ror(b), Membership = membership, Years = new(2018, 2022) };
                    foreach (var figure in Indicators.All.Where(i => (i.Needs.HasFlag(Needs.Pair) || i.AlsoOfPair) && !i.IsProjects && !i.Needs.HasFlag(Needs.Country)))
                        yield return new(figure.Key) { A = ror(a), B = ror(b), Membership = membership, Filters = About(figure), Years = figure.Needs.HasFlag(Needs.Window) ? new(2019, 2020) : null };
                    yield return new("partner-share") { A = ror(a), B = ror(b), With = countries[^1], Membership = membership };
                }
            }
    }

    static Filters About(Indicator figure) => figure.Key == "hyper-authorship" ? new() { AuthorsMax = 2 }
        : figure.Needs.HasFlag(Needs.Goal) ? new() { Goal = 13 } : figure.Needs.HasFlag(Needs.Subject) ? new() { Goal = 3 } : Filters.None;

    internal static async Task HoldAsync(TestWorld world, IEnumerable<Question> questions, string works, params string[] ror)
    {
        var (answers, queries) = (new Dictionary<string, FigureAnswer>(), new List<DuckDb.Query>());
        foreach (var question in questions.Distinct())
        {
            var (name, answer) = (question.ToString(), world.Ask(question, receipt: true));
            var folder = Directory.CreateDirectory(Path.Combine(world.Folder.Root, $"q{answers.Count}")).FullName;
            if (Receipts.Members(answer.Receipt!) is { } members) await File.WriteAllTextAsync(Path.Combine(folder, "members.csv"), members);
            var copied = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "works")).FullName, "part.gz");
            if (works.EndsWith(".gz", StringComparison.Ordinal)) File.CreateSymbolicLink(copied, works);
            else Compress(works, copied);
            foreach (var file in ror) File.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "ror")).FullName, Path.GetFileName(file)), file);
            answers.Add(name, answer);
            queries.Add(new(name, answer.Receipt!.Sql, folder));
        }
        foreach (var (name, row) in await DuckDb.RunAsync(queries)) Hold(name, answers[name], row);
        Assert.NotEmpty(answers);
    }

    static void Compress(string from, string to)
    {
        using var target = new GZipStream(File.Create(to), CompressionLevel.Fastest);
        using var source = File.OpenRead(from);
        source.CopyTo(target);
    }

    static void Hold(string name, FigureAnswer answer, System.Text.Json.JsonElement row)
    {
        Equal(name + " value", answer.Value, DuckDb.Number(row, "value"));
        // Formulas over many counts state the counts in place of bounds.
        foreach (var detail in answer.Details ?? [])
            if (row.TryGetProperty(detail.Name, out _)) Equal($"{name} {detail.Name}", detail.Value, DuckDb.Number(row, detail.Name));
        if (row.TryGetProperty("lower", out _))
        {
            Equal(name + " lower", answer.Bounds.Lower, DuckDb.Number(row, "lower"));
            Equal(name + " upper", answer.Bounds.Upper, DuckDb.Number(row, "upper"));
        }
        Assert.Equal($"{name} {answer.Receipt!.Digest}", $"{name} {row.GetProperty("digest").GetString()}");
        if (answer.Rows is not { Count: > 0 } rows) return;
        var told = row.GetProperty("rows").EnumerateArray().Select(r => (r.GetProperty("id").GetString()!, DuckDb.Number(r, "value")!.Value));
        Assert.Equal(rows.Select(r => (r.Id, r.Value)), told);
    }

    // Sums of fractions are added in another order there; the digest holds each weight to the last bit.
    static void Equal(string what, double? ours, double? theirs) =>
        Assert.True(ours == theirs || Math.Abs(ours!.Value - theirs!.Value) < 1e-9, $"{what}: ours {ours}, DuckDB’s {theirs}");
}
