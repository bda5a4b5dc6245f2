using System.Text;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Sheets;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Fuzz;

/// <summary>What fuzzing found, each by its smallest input. That of the scanner is among the records of WorkScanTests.</summary>
public sealed class FoundTests
{
    [Theory]
    [InlineData("""{"id":"https://ror.org/02feahw73","names":[],"locations":[{}]}""", true)]
    [InlineData("""{"id":"https://ror.org/02feahw73","names":[],"locations":[""]}""", false)]
    [InlineData("""{"id":"https://ror.org/02feahw73","name":"","established":1.5}""", false)]
    [InlineData("""{"id":"https://ror.org/02feahw73","name":"","established":99999999999999999999}""", false)]
    public void A_record_of_ror_is_taken_in_or_refused(string text, bool taken) => Assert.Equal(taken, RorJson.Parse(Encoding.UTF8.GetBytes(text)).Ok);

    [Fact]
    public async Task A_receipt_with_a_name_that_is_half_a_sign_is_refused()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.Equal("not-a-receipt", Verifying.Verify(world.Work, """{"":{"\ud80e":"","":""}}""", default).Refusal?.Code);
    }

    [Theory]
    [InlineData("value", "1e999")]
    [InlineData("sql", "\"\\ud800\"")]
    public async Task A_receipt_that_has_no_canonical_form_is_refused(string field, string value)
    {
        await using var world = await WorldAsync(Eight);
        var receipt = JsonNode.Parse(Receipts.Text(world.Ask(Pair("CNRS", "ICL"), receipt: true).Receipt!))!;
        receipt[field] = "HERE";
        var text = receipt.ToJsonString().Replace("\"HERE\"", value, StringComparison.Ordinal);
        Assert.Equal("not-a-receipt", Verifying.Verify(world.Work, text, default).Refusal?.Code);
    }

    [Theory]
    [InlineData("[{\"a\":\"\u00f4\"}]")]
    [InlineData("[{\"\u00f4\":\"\"}]")]
    [InlineData("[{\"a\":\"\\ud800\"}]")]
    public void A_sheet_that_is_not_unicode_is_refused(string latin1) =>
        Assert.Equal("json-damaged", SheetReading.Read(Encoding.Latin1.GetBytes(latin1)).Refusal?.Code);

    [Theory]
    [InlineData("id", "null")]
    [InlineData("id", "\"openalex-0000000000000000\"")]
    [InlineData("kind", "7")]
    [InlineData("coverage", "null")]
    [InlineData("coverage", """{"kind":9}""")]
    [InlineData("sources", "null")]
    [InlineData("sources", "[null]")]
    [InlineData("sources", """[{"path":null,"sha256":"","bytes":1}]""")]
    [InlineData("files", "null")]
    [InlineData("files", "[null]")]
    [InlineData("files", """[{"name":null,"sha256":"","bytes":1}]""")]
    [InlineData("files", """[{"name":"a\u0000","sha256":"","bytes":1}]""")]
    [InlineData("files", """[{"name":"../../entente.db","sha256":"","bytes":1}]""")]
    [InlineData("files", """[{"name":"..","sha256":"","bytes":1}]""")]
    [InlineData("files", """[{"name":"works-0000.seg","sha256":null,"bytes":1}]""")]
    public async Task A_manifest_that_leaves_out_what_must_be_is_told_to_be_damaged(string field, string value)
    {
        await using var world = await WorldAsync(Eight);
        var vintage = Assert.Single(Vintages.List(world.Folder)).Id;
        var path = Path.Combine(Vintages.FolderOf(world.Folder, vintage), Vintages.ManifestFile);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        Assert.NotNull(Manifest.Read(Entente.Fuzz.ManifestTarget.Resealed(Encoding.UTF8.GetBytes(manifest.ToJsonString(new() { WriteIndented = true }))), vintage));
        manifest[field] = JsonNode.Parse(value);
        var text = manifest.ToJsonString(new() { WriteIndented = true });
        await File.WriteAllBytesAsync(path, Entente.Fuzz.ManifestTarget.Resealed(Encoding.UTF8.GetBytes(text)));
        Assert.Empty(Vintages.List(world.Folder));
        Assert.Contains(path, Assert.Single(Vintages.Unreadable(world.Folder)).En, StringComparison.Ordinal);
        Assert.Throws<BrokenWorldException>(() => Vintages.Find(world.Folder, VintageKind.OpenAlex, vintage));
    }
}
