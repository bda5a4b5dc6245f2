using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Evidence.Ror;
using Entente.Core.Portfolio;
using Entente.Core.Tests.Evidence.Ror;
using Entente.Engine.Segments;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>How far apart institutions are, by a release of ROR.</summary>
public sealed class DistanceTests
{
    static readonly string[] Figures = ["collaboration-distance", "long-distance-share"];

    static double? DetailOf(FigureAnswer answer, string name) => Assert.Single(answer.Details!, d => d.Name == name).Value;

    [Fact]
    public async Task The_vector()
    {
        await using var world = await WorldAsync(Eight);
        await world.PlaceAsync("v2.9");
        var mean = world.Ask(Of("CNRS", "collaboration-distance"));
        Assert.Equal((4091.2706, new Bounds(4091.2706, 4091.2706), "kilometres", "v2.9"), (mean.Value, mean.Bounds, mean.Unit, mean.Places));
        Assert.Equal([5, 0, 0, 343.771], mean.Details!.Select(d => d.Value));
        Assert.Equal(2685.95825, world.Ask(Pair("CNRS", "ICL", Membership.Direct, "collaboration-distance")).Value);
        var share = world.Ask(Of("CNRS", "long-distance-share"));
        Assert.Equal((0.4, new Bounds(0.4, 0.4), 2.0, 5.0), (share.Value, share.Bounds, share.Breakdown.Numerator, share.Breakdown.Denominator));
        Assert.Equal(["W3", "W8"], world.Lines(Of("CNRS", "long-distance-share")).Select(w => w.Id));
        Assert.Equal(1, world.Ask(Of("CNRS", "long-distance-share") with { Kilometres = 300 }).Value);
        var icl = world.Ask(Of("ICL", "long-distance-share"));
        Assert.Equal((0.2, 1.0), (icl.Value, DetailOf(icl, "short")));
    }

    // Tokyo is not known: W3 and W8 seem shorter, and W7, of U1 and UTK, seems to be of one place.
    [Fact]
    public async Task A_place_that_is_unknown_stays_unknown()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{CNRS} a2:{ICL} truncated"]);
        await world.PlaceAsync("v2.9", "CNRS", "U1", "ICL", "IRL");
        var share = world.Ask(Of("CNRS", "long-distance-share"));
        Assert.Equal((0.0, 6.0, 0.0, 2.0), (share.Value, share.Breakdown.Denominator, DetailOf(share, "unknown"), DetailOf(share, "partly")));
        // W3, W8 and W9 may be long.
        Assert.Equal(new Bounds(0, 3d / 6), share.Bounds);
        Assert.Equal(["W3", "W8", "W9"], world.Lines(Of("CNRS", "long-distance-share"), upper: true).Select(w => w.Id));
        // All three works of UTK have some place or none: W3 Paris, W7 Paris, W8 Paris and London.
        var mean = world.Ask(Of("UTK", "collaboration-distance"));
        Assert.Equal(343.771 / 3, mean.Value!.Value, 9);
        // Below, W9 comes in with 0; above, all four go half around.
        Assert.Equal((343.771 / 4, 20015.118), (mean.Bounds.Lower!.Value, mean.Bounds.Upper!.Value));
        Assert.Equal([3, 0, 3, 0], mean.Details!.Select(d => d.Value));
    }

    [Fact]
    public async Task A_work_of_which_no_place_is_known_is_left_out_and_told()
    {
        await using var world = await WorldAsync(Eight);
        await world.PlaceAsync("v2.9", "CNRS");
        var mean = world.Ask(Of("ICL", "collaboration-distance"));
        Assert.Equal((0.0, new Bounds(0, 20015.118)), (mean.Value, mean.Bounds));
        Assert.Equal((4.0, 1.0), (DetailOf(mean, "known"), DetailOf(mean, "unknown")));
        Assert.Equal([("W1", "counted"), ("W4", "unknown-place")], world.Lines(Of("ICL", "collaboration-distance")).Where(w => w.Id is "W1" or "W4").Select(w => (w.Id, w.CountsAs)));
        var none = world.Ask(Of("IRL", "long-distance-share"));
        Assert.Equal((null, new Bounds(0, 1)), (none.Value, none.Bounds));
        Assert.Null(world.Ask(Of("IRL", "collaboration-distance")).Value);
    }

    [Fact]
    public async Task Without_a_release_the_figures_are_refused_with_how_to_import_one()
    {
        await using var world = await WorldAsync(Eight);
        foreach (var figure in Figures)
        {
            var refusal = Entente.Core.Evidence.Figures.Ask(world.Work, Of("CNRS", figure), false, default).Refusal!;
            Assert.Equal("no-places", refusal.Code);
            Assert.Contains("entente import ror PATH", refusal.Message.En, StringComparison.Ordinal);
        }
        await world.PlaceAsync("v2.9");
        Assert.Equal("unknown-release", Entente.Core.Evidence.Figures.Ask(world.Work, Of("CNRS", Figures[0]) with { Release = "v1.0" }, false, default).Refusal!.Code);
        Assert.Equal("figure-options", Entente.Core.Evidence.Figures.Ask(world.Work, Of("CNRS") with { Kilometres = 10 }, false, default).Refusal!.Code);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("20016")]
    [InlineData("5,000")]
    [InlineData("far")]
    public void A_threshold_is_a_whole_number_of_kilometres_on_this_earth(string text) => Assert.Equal("kilometres", Question.ReadKilometres(text).Refusal!.Code);

    [Fact]
    public async Task The_release_decides_and_its_pieces_stand_together_the_newest_first()
    {
        await using var world = await WorldAsync(Eight);
        await world.PlaceAsync("v2.1", "CNRS", "ICL");
        // CNRS moved to Tokyo, and UTK is there too.
        string Piece(string name, params string[] records) => RorFiles.Write(world, name, string.Join('\n', records));
        static string At(string record, RorPlace place) => JsonNode.Parse(record)! is var json && (json["locations"]![0]!["geonames_details"]!["lat"] = place.Latitude) is not null
            && (json["locations"]![0]!["geonames_details"]!["lng"] = place.Longitude) is not null ? json.ToJsonString() : "";
        Assert.True((await RorFiles.Import(world, "v2.2", Piece("a.json", At(RorFiles.Record(RorOf("ICL"), "Imperial", []), Towns["ICL"]), At(RorFiles.Record(RorOf("CNRS"), "CNRS", []), Towns["ICL"])))).Ok);
        Assert.True((await RorFiles.Import(world, "v2.2", Piece("b.json", At(RorFiles.Record(RorOf("CNRS"), "CNRS", []), Towns["UTK"])))).Ok);
        var question = Pair("CNRS", "ICL", Membership.Direct, "collaboration-distance");
        Assert.Equal((9558.547, "v2.2"), (world.Ask(question).Value, world.Ask(question).Places));
        var (now, before) = (world.Ask(question, receipt: true).Receipt!, world.Ask(question with { Release = "v2.1" }, receipt: true));
        Assert.Equal((343.771, "v2.1"), (before.Value, before.Receipt!.Places!.Release));
        Assert.Equal(3, now.Vintages.Count);
        foreach (var receipt in new[] { now, before.Receipt! })
            Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(receipt), default).Value.Verdict);
        var move = Explaining.Explain(world.Work, question with { Release = "v2.1" }, question with { Release = "v2.2" }, default).Value;
        Assert.Equal(9558.547 - 343.771, Assert.Single(move.Parts, p => p.Cause == MoveCause.Registration).Amount!.Value, 6);
    }

    [Fact]
    public async Task A_newer_record_that_does_not_say_where_is_not_passed_over_for_an_older_one()
    {
        await using var world = await WorldAsync(Eight);
        await world.PlaceAsync("v2.9");
        Assert.True((await RorFiles.Import(world, "v2.9", RorFiles.Write(world, "later.json", RorFiles.Record(RorOf("UTK"), "UTokyo", [])))).Ok);
        var share = world.Ask(Of("CNRS", "long-distance-share"));
        Assert.Equal((0.0, 2.0), (share.Value, DetailOf(share, "partly")));
    }

    [Fact]
    public async Task A_receipt_names_release_and_threshold_and_does_not_recompute_without_the_release()
    {
        await using var world = await WorldAsync(Eight);
        var ror = await world.PlaceAsync("v2.9");
        var receipt = world.Ask(Of("CNRS", "long-distance-share") with { Kilometres = 300 }, receipt: true).Receipt!;
        Assert.Equal(("v2.9", 300), (receipt.Places!.Release, receipt.Places.Kilometres));
        Assert.Equal(1000, world.Ask(Of("CNRS", "long-distance-share"), receipt: true).Receipt!.Places!.Kilometres);
        Assert.Null(world.Ask(Of("CNRS", "collaboration-distance"), receipt: true).Receipt!.Places!.Kilometres);
        Assert.Contains(receipt.Sources, source => source.Vintage == ror);
        var text = Receipts.Text(receipt);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, text, default).Value.Verdict);
        Assert.Equal(Recomputation.Differs, Verifying.Verify(world.Work, text.Replace("\"kilometres\": 300", "\"kilometres\": 3000", StringComparison.Ordinal), default).Value.Verdict);
        foreach (var none in new[] { "null", "0", "20016", "4000000" })
            Assert.Equal("not-a-receipt", Verifying.Verify(world.Work, text.Replace("\"kilometres\": 300", $"\"kilometres\": {none}", StringComparison.Ordinal), default).Refusal!.Code);
        Directory.Delete(Vintages.FolderOf(world.Folder, ror), recursive: true);
        var refusal = Verifying.Verify(world.Work, text, default).Refusal!;
        Assert.Equal("vintage-not-here", refusal.Code);
        Assert.Contains("ror-v2.9.json", refusal.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digest_is_of_the_works_with_their_metres_and_the_series_is_of_the_years()
    {
        await using var world = await WorldAsync([.. Eight, "W10 a1:{CNRS} a2:{CN} year=2021", "W11 a1:{NOWHERE} a2:{CNRS} year=2021"]);
        await world.PlaceAsync("v2.9", "CNRS", "ICL", "UTK");
        var answer = world.Ask(Of("CNRS", "collaboration-distance"), receipt: true);
        var lines = "W1\t343771\nW10\t0\nW11\t0\nW2\t343771\nW3\t9712520\nW5\t343771\nW8\t9712520\n";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines))), answer.Receipt!.Digest);
        Assert.Equal([(2020, 4091.2706), (2021, 0.0)], answer.Series.Select(y => (y.Year, y.Value!.Value)));
        Assert.Equal((0.0, 20015.118), (answer.Series[1].Lower, answer.Series[1].Upper));
    }

    [Fact]
    public async Task A_release_from_before_places_were_taken_in_is_refused_with_how_to_bring_them()
    {
        await using var world = await WorldAsync(Eight);
        var ror = await world.PlaceAsync("v2.9", "REU");
        var path = Path.Combine(Vintages.FolderOf(world.Folder, ror), RorSegment.Name);
        File.Delete(path);
        using (var old = new SegmentWriter(path, RorSegment.Kind))
        {
            old.Text("id", [RorOf("REU")]);
            old.Finish();
        }
        var refusal = Entente.Core.Evidence.Figures.Ask(world.Work, Of("CNRS", Figures[0]), false, default).Refusal!;
        Assert.Equal("release-too-old", refusal.Code);
        Assert.Contains("import its sources again", refusal.Message.En, StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task On_the_real_works_and_fifty_thousand_records_of_ROR()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        Assert.True((await OpenAlexImport.RunAsync(world.Work, [RealWorld.WorksFile], null, Coverage.Selection, null, default)).Ok);
        Assert.True((await RorFiles.Import(world, "v2.9", RorFiles.Records)).Ok);
        var (twin, towns) = (Twin.OfRealWorks(), TownsOf(RorFiles.Records));
        var known = new Dictionary<string, string> { ["02feahw73"] = "I1294671590", ["041kmwe10"] = "I47508984" };
        var (figures, longer, partly) = (new TwinFigures(twin, towns), 0, 0.0);
        var organisations = twin.Works.SelectMany(w => w.All).Where(i => i.Ror is not null).GroupBy(i => i.Ror!).OrderByDescending(g => g.Count()).Take(25).Select(g => g.Key).Concat(known.Keys).Distinct();
        foreach (var a in organisations)
            foreach (var membership in new[] { Membership.Direct, Membership.Lineage })
            {
                var side = Twin.By(twin.IdsOf([a], known), membership == Membership.Lineage);
                foreach (var question in new Question[] { new("collaboration-distance"), new("long-distance-share"), new("long-distance-share") { Kilometres = 5000, Years = new(2018, 2022) } })
                {
                    var answer = world.Ask(question with { A = a, Membership = membership });
                    var expected = figures.Value(question with { A = a, Membership = membership }, side, null);
                    Assert.True(answer.Value == expected || Math.Abs(answer.Value!.Value - expected!.Value) < 1e-9, $"{question} {a}: {answer.Value}, and the twin {expected}");
                    var own = twin.Window(question.Years).Where(w => Twin.Passes(w) && Twin.Lists(w, side)).ToList();
                    Assert.Equal(own.Count(w => Twin.Metres(w, towns) is null), DetailOf(answer, "unknown"));
                    Assert.Equal(own.Count(w => Twin.Metres(w, towns) is not null && Twin.Unplaced(w, towns)), DetailOf(answer, "partly"));
                    (longer, partly) = (longer + (answer.Value > 0 ? 1 : 0), partly + DetailOf(answer, "partly")!.Value);
                }
            }
        Assert.True(longer > 100 && partly > 100, $"{longer} figures above 0, {partly} works partly placed");
    }

    // The newest record of each id, of either schema.
    static Dictionary<string, RorPlace> TownsOf(string records)
    {
        var towns = new Dictionary<string, (int, string, RorPlace)>();
        foreach (var line in RorFiles.Lines(records))
        {
            var record = JsonDocument.Parse(line).RootElement;
            var second = record.TryGetProperty("locations", out var places);
            var town = second ? places[0].GetProperty("geonames_details") : record.GetProperty("addresses")[0];
            var (id, changed) = (record.GetProperty("id").GetString()![^9..], second ? record.GetProperty("admin").GetProperty("last_modified").GetProperty("date").GetString()! : "");
            if (!towns.TryGetValue(id, out var other) || (second ? 2 : 1, changed).CompareTo((other.Item1, other.Item2)) > 0)
                towns[id] = (second ? 2 : 1, changed, new(town.GetProperty("lat").GetDouble(), town.GetProperty("lng").GetDouble()));
        }
        return towns.ToDictionary(t => t.Key, t => t.Value.Item3);
    }

    [RealDuckDbFact]
    public async Task The_sql_reads_fifty_thousand_records_of_both_schemas()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        Assert.True((await OpenAlexImport.RunAsync(world.Work, [RealWorld.WorksFile], null, Coverage.Selection, null, default)).Ok);
        Assert.True((await RorFiles.Import(world, "v2.9", RorFiles.Records)).Ok);
        string[] organisations = ["02feahw73", "041kmwe10", "057zh3y96", "03yez3163"];
        await SqlTests.HoldAsync(world, [.. organisations.SelectMany(a => Figures.Select(figure => new Question(figure) { A = a })), new("collaboration-distance") { A = "cnrs", B = "imperial" }],
            Path.GetFullPath(RealWorld.WorksFile), Path.GetFullPath(RorFiles.Records));
    }
}
