using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

public sealed class VerifyingTests
{
    static readonly Question Asked = Pair("CNRS", "ICL");

    static Verification Verify(TestWorld world, string json)
    {
        var verified = Verifying.Verify(world.Work, json, default);
        Assert.True(verified.Ok, verified.Refusal?.Message.En);
        return verified.Value;
    }

    static Refusal? Refused(TestWorld world, string json) => Verifying.Verify(world.Work, json, default).Refusal;

    static string Receipt(TestWorld world, Question? question = null) => Receipts.Text(world.Ask(question ?? Asked, receipt: true).Receipt!);

    static string Edit(string receipt, Action<JsonObject> edit, bool reseal = false)
    {
        var root = JsonNode.Parse(receipt)!.AsObject();
        edit(root);
        if (reseal) root["id"] = CanonicalJson.Hash(JsonSerializer.SerializeToElement(root), without: "id");
        return root.ToJsonString();
    }

    static string Failure(Verification verification) => Assert.Single(verification.Checks, c => c.State == CheckState.Fail).Name;

    [Fact]
    public async Task A_receipt_of_every_figure_verifies()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{CNRS} truncated", "W10 a1:{CNRS} a2:{ICL} retracted"]);
        foreach (var membership in new[] { Membership.Direct, Membership.Lineage })
            foreach (var question in new[]
            {
                Pair("CNRS", "ICL", membership), Pair("CNRS", "ICL", membership) with { Years = new(2020, 2021) }, Of("CNRS", "partners", membership),
                Of("CNRS", "international-share", membership), Of("CNRS", "country-share", membership) with { With = "JP" },
                Pair("CNRS", "UTK", membership, "partner-share") with { With = "JP" }, Of("IRL", "international-share", membership) with { Years = new(1990, 1991) },
                Of("CNRS", "output", membership), Of("CNRS", "output", membership) with { Counting = Counting.Author },
                Of("CNRS", "output", membership) with { Counting = Counting.Organisation }, Of("CNRS", "output", membership) with { Counting = Counting.Country },
            })
            {
                var verification = Verify(world, Receipt(world, question));
                Assert.True(verification.Verdict == Recomputation.Verified, $"{question}: {verification.Reason?.En}");
                Assert.All(verification.Checks, c => Assert.Equal(CheckState.Pass, c.State));
            }
    }

    [RealDataFact]
    public async Task A_receipt_by_perimeter_verifies_and_still_recomputes_when_its_release_is_gone()
    {
        await using var world = await TestWorld.OpenAsync();
        await Portfolios.EnsureAsync(world.Work, null, default);
        Assert.True((await Entente.Core.Evidence.OpenAlex.OpenAlexImport.RunAsync(world.Work, [RealWorld.WorksFile], null, Coverage.Selection, null, default)).Ok);
        var release = (await RorImport.RunAsync(world.Work, [RealWorld.History("02feahw73", "v2.3"), RealWorld.History("041kmwe10", "v2.3")], "v2.3", false, null, default)).Value.Vintage;
        var receipt = world.Ask(new("co-publications") { A = "cnrs", B = "imperial", Membership = Membership.Perimeter }, receipt: true).Receipt!;
        Assert.Equal((2, release), (receipt.Perimeters.Count, receipt.Vintages[1]));
        Assert.Equal(Recomputation.Verified, Verify(world, Receipts.Text(receipt)).Verdict);
        var other = Edit(Receipts.Text(receipt), r => r["perimeters"]![0]!["hash"] = new string('0', 64), reseal: true);
        Assert.Equal("perimeter", Failure(Verify(world, other)));
        Directory.Delete(Vintages.FolderOf(world.Folder, release), recursive: true);
        var alone = Verify(world, Receipts.Text(receipt));
        Assert.Equal(Recomputation.Verified, alone.Verdict);
        Assert.Contains(alone.Checks, c => c is { Name: "perimeter", State: CheckState.Gone });
    }

    [Fact]
    public async Task White_space_order_of_keys_and_the_whole_answer_around_it_change_nothing()
    {
        await using var world = await WorldAsync(Eight);
        var receipt = Receipt(world);
        var turned = new JsonObject([.. JsonNode.Parse(receipt)!.AsObject().Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))]);
        Assert.Equal(Recomputation.Verified, Verify(world, turned.ToJsonString()).Verdict);
        Assert.Equal(Recomputation.Verified, Verify(world, JsonSerializer.Serialize(world.Ask(Asked, receipt: true), FigureJson.In(Lang.En))).Verdict);
    }

    [Fact]
    public async Task Changing_any_field_of_a_receipt_is_found_out()
    {
        await using var world = await WorldAsync(Eight);
        var receipt = Receipt(world, Asked with { Years = new(2020, 2020) });
        var paths = Leaves(JsonNode.Parse(receipt)!).ToList();
        Assert.True(paths.Count > 25, $"only {paths.Count} fields");
        foreach (var path in paths)
        {
            var changed = JsonNode.Parse(receipt)!;
            Change(path(changed));
            var outcome = Verifying.Verify(world.Work, changed.ToJsonString(), default);
            Assert.True(outcome.Refusal is not null || outcome.Value.Verdict == Recomputation.Differs, $"{path(changed).GetPath()} was changed and nobody saw");
            Assert.NotEqual("", outcome.Refusal?.Message.Fr ?? outcome.Value.Reason!.Value.Fr);
        }
        Assert.Equal("id", Failure(Verify(world, Edit(receipt, r => r["remark"] = "added"))));
    }

    static IEnumerable<Func<JsonNode, JsonNode>> Leaves(JsonNode node) => node switch
    {
        JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Leaves(p.Value!).Select<Func<JsonNode, JsonNode>, Func<JsonNode, JsonNode>>(leaf => root => leaf(root[p.Key]!))),
        JsonArray a => Enumerable.Range(0, a.Count).SelectMany(i => Leaves(a[i]!).Select<Func<JsonNode, JsonNode>, Func<JsonNode, JsonNode>>(leaf => root => leaf(root[i]!))),
        _ => [root => root],
    };

    static void Change(JsonNode leaf) => leaf.ReplaceWith(leaf.GetValueKind() switch
    {
        JsonValueKind.String => Flip(leaf.GetValue<string>()),
        JsonValueKind.Number => (JsonNode)(leaf.GetValue<double>() + 1),
        var kind => kind != JsonValueKind.True,
    });

    static JsonNode Flip(string text) => text.Length == 0 ? "x" : (char)(text[0] ^ 1) + text[1..];

    [Fact]
    public async Task A_forger_who_seals_again_is_still_found_out()
    {
        await using var world = await WorldAsync(Eight);
        var receipt = Receipt(world);
        string Forged(Action<JsonObject> edit) => Edit(receipt, edit, reseal: true);
        Assert.Equal("value", Failure(Verify(world, Forged(r => r["value"] = 6))));
        Assert.Equal("bounds", Failure(Verify(world, Forged(r => r["bounds"]!["upper"] = 99))));
        Assert.Equal("digest", Failure(Verify(world, Forged(r => r["digest"] = new string('0', 64)))));
        Assert.Equal("definition", Failure(Verify(world, Forged(r => r["definition"]!["version"] = 2))));
        Assert.Equal("definition", Failure(Verify(world, Forged(r => r["countryTable"] = "1999"))));
        Assert.Equal("vintage", Failure(Verify(world, Forged(r => r["synthetic"] = true))));
        Assert.Equal(Recomputation.Differs, Verify(world, Forged(r => r["membership"] = "direct")).Verdict);
        Assert.Equal(Recomputation.Differs, Verify(world, Forged(r => (r["filters"]!["lastYear"], r["filters"]!["firstYear"]) = (1999, 1999))).Verdict);
        Assert.Contains(Verify(world, Forged(r => r["organisations"]![0]!["openAlex"] = new JsonArray("I2"))).Checks, c => c is { Name: "organisation", State: CheckState.Fail });
    }

    [Fact]
    public async Task A_changed_source_fails_and_one_that_is_gone_is_said_to_be()
    {
        await using var world = await WorldAsync(Eight);
        var receipt = Receipt(world);
        var source = Path.Combine(world.Folder.Root, "works.jsonl");
        Flip(source, 10);
        var changed = Verify(world, receipt);
        Assert.Equal((Recomputation.Differs, "source"), (changed.Verdict, Failure(changed)));
        Assert.Contains(source, changed.Reason!.Value.En, StringComparison.Ordinal);
        File.Delete(source);
        var gone = Verify(world, receipt);
        Assert.Equal(Recomputation.Verified, gone.Verdict);
        Assert.Equal(source + " is gone.", Assert.Single(gone.Checks, c => c.State == CheckState.Gone).Says.En);
    }

    [Fact]
    public async Task One_changed_byte_of_any_file_of_the_vintage_means_that_the_store_is_corrupt()
    {
        await using var world = await WorldAsync(Eight);
        var receipt = Receipt(world);
        var folder = Vintages.FolderOf(world.Folder, world.Ask(Asked).Vintage);
        var files = Directory.GetFiles(folder).Where(f => Path.GetFileName(f) != Vintages.ManifestFile).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
            foreach (var at in new[] { 0L, new FileInfo(file).Length / 3, new FileInfo(file).Length / 2, new FileInfo(file).Length - 1 })
            {
                Flip(file, at);
                var verification = Verify(world, receipt);
                Assert.Equal(Recomputation.Corrupt, verification.Verdict);
                Assert.Contains(Path.GetFileName(file), verification.Reason!.Value.En, StringComparison.Ordinal);
                Flip(file, at);
            }
        Assert.Equal(Recomputation.Verified, Verify(world, receipt).Verdict);
        File.Delete(files[0]);
        Assert.Equal(Recomputation.Corrupt, Verify(world, receipt).Verdict);
    }

    static void Flip(string file, long at)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ 1));
    }

    [Fact]
    public async Task A_receipt_of_a_vintage_that_is_not_here_is_refused_naming_it_and_its_sources()
    {
        await using var world = await WorldAsync(Eight);
        await using var elsewhere = await WorldAsync("W1 a1:{CNRS} a2:{ICL}");
        var receipt = elsewhere.Ask(Asked, receipt: true).Receipt!;
        var refusal = Refused(world, Receipts.Text(receipt))!;
        Assert.Equal("vintage-not-here", refusal.Code);
        Assert.All(new[] { receipt.Vintages[0], "works.jsonl", receipt.Sources[0].Sha256 }, said => Assert.Contains(said, refusal.Message.En, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[1,2]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"figure":"co-publications"}""")]
    [InlineData("""{"figure":"co-publications","figure":"output"}""")]
    public async Task What_is_no_receipt_is_refused(string text)
    {
        await using var world = await WorldAsync(Eight);
        Assert.Equal("not-a-receipt", Refused(world, text)!.Code);
    }

    [Fact]
    public async Task A_receipt_that_contradicts_its_own_figure_is_refused()
    {
        await using var world = await WorldAsync(Eight);
        var receipt = Receipt(world);
        foreach (var edit in new Action<JsonObject>[]
        {
            r => r["figure"] = "nosuch", r => r["organisations"] = new JsonArray(), r => r["vintages"] = new JsonArray(), r => r["filters"]!["with"] = "JP",
            r => r["filters"]!["firstYear"] = 2020, r => r["counting"] = "author", r => r["organisations"]![0] = null, r => r["membership"] = "nosuch", r => r["vintages"]![0] = "../../etc",
        })
            Assert.NotNull(Refused(world, Edit(receipt, edit)));
    }

    [Fact]
    public async Task Receipts_are_kept_by_their_id_and_found_again()
    {
        await using var world = await WorldAsync(Eight);
        var receipt = world.Ask(Asked, receipt: true).Receipt!;
        Assert.Null(Receipts.Find(world.Work, receipt.Id!));
        Receipts.Keep(world.Work, receipt);
        Receipts.Keep(world.Work, receipt);
        Assert.Equal(Recomputation.Verified, Verify(world, Receipts.Find(world.Work, receipt.Id!)!).Verdict);
        Assert.Single(Directory.GetFiles(world.Folder.Receipts));
        Assert.Null(Receipts.Find(world.Work, "../entente"));
    }

    [Fact]
    public async Task The_same_question_gives_the_same_receipt_wherever_its_sources_lie()
    {
        await using var here = await WorldAsync(Eight);
        await using var there = await WorldAsync([.. Eight]);
        Assert.Equal(Receipt(here), Receipt(there));
    }
}
