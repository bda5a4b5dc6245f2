using System.Text.Json;

namespace Entente.Web.Tests.Cli;

/// <summary>The verbs structures and claims, end to end on an empty folder.</summary>
public sealed class RecordCommandTests : IDisposable
{
    readonly string _data = Directory.CreateTempSubdirectory("entente-cli-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    async Task<JsonElement> JsonAsync(params string[] args)
    {
        var run = await EntenteProcess.RunAsync([.. args, "--json", "--data", _data]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        return JsonDocument.Parse(run.Out).RootElement;
    }

    [Fact]
    public async Task Structures_are_listed_on_an_empty_folder()
    {
        var structures = (await JsonAsync("structures")).EnumerateArray().ToDictionary(s => s.GetProperty("key").GetString()!);
        Assert.Equal(17, structures.Count);
        var limms = structures["limms"];
        Assert.Equal(("IRL", "1995 or 2004", "cnrs-utokyo"), (Text(limms, "kind"), Text(limms, "since"), Text(limms, "centre")));
        Assert.True(limms.GetProperty("disputed").GetBoolean());
        Assert.Equal(["1995", "2004"], limms.GetProperty("dates").EnumerateArray().Select(d => d.GetString()));
        Assert.Equal([], structures["goldmine"].GetProperty("dates").EnumerateArray());
    }

    [Fact]
    public async Task Claims_carry_interval_window_verdict_and_reason()
    {
        var claims = (await JsonAsync("claims")).EnumerateArray().ToDictionary(c => Text(c, "id")!);
        Assert.Equal(24, claims.Count);
        var claim = claims["imperial-cnrs-1550"];
        Assert.Equal(("over 1,550", "past 5 years (2017-2022)", "contradictory"), (Text(claim, "wording"), Text(claim, "window"), Text(claim, "verdict")));
        var interval = claim.GetProperty("interval");
        Assert.Equal((1550, 1600, false, true), (interval.GetProperty("low").GetInt32(), interval.GetProperty("high").GetInt32(),
            interval.GetProperty("lowClosed").GetBoolean(), interval.GetProperty("highClosed").GetBoolean()));
        Assert.Equal([5m, 6m], claim.GetProperty("perYear").EnumerateArray().Select(r => r.GetProperty("years").GetDecimal()));
        Assert.Equal(JsonValueKind.Null, claims["phd-students"].GetProperty("interval").GetProperty("high").ValueKind);
    }

    [Fact]
    public async Task Reasons_are_said_in_French()
    {
        var run = await EntenteProcess.RunAsync("claims", "--lang", "fr", "--data", _data);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("2 contradictoires, 2 explicables, 5 cohérents, 15 non comparables", run.Out, StringComparison.Ordinal);
        Assert.Contains("contradictoire\u202F: «\u202Fover 1,550\u202F» donne 258 à 267 par an", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_must_be_a_folder_and_have_a_name()
    {
        var file = Path.Combine(_data, "file");
        await File.WriteAllTextAsync(file, "kept");
        var refused = await EntenteProcess.RunAsync("claims", "--data", file);
        Assert.Equal(1, refused.Code);
        Assert.Contains("is a file, and the data folder is a folder", refused.Error, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(file));
        var nameless = await EntenteProcess.RunAsync("claims", "--data", "");
        Assert.Equal(2, nameless.Code);
        Assert.Contains("--data needs a value", nameless.Error, StringComparison.Ordinal);
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
