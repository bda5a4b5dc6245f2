using System.Text;
using Entente.Core.Evidence;
using Entente.Engine.Works;

namespace Entente.Core.Tests.Evidence.OpenAlex;

public sealed class WorksReaderTests
{
    static string Work(int id, string more = "") => $$"""{"id":"https://openalex.org/W{{id}}","publication_year":2020,"title":"t{{id}}","authorships":[]{{more}}}""";

    static string Listing(string institutions) => Work(1).Replace("[]", $$"""[{"institutions":{{institutions}}}]""", StringComparison.Ordinal);

    static async Task<string[]> IdsAsync(TestWorld world, string text)
    {
        var result = await Works.ImportTextAsync(world, text);
        return [.. Works.Told(world, result.Vintage).Select(told => told.Split(' ')[0])];
    }

    [Theory]
    [InlineData("lines", "{1}\n{2}\n{3}")]
    [InlineData("lines of another system, with blank ones between", "\uFEFF{1}\r\n\r\n  {2}  \r\n\t{3}\r\n\n")]
    [InlineData("a page of the API", """{"meta":{"count":3,"note":"}]{"},"results":[{1},{2},{3}],"group_by":[{"key":"["}]}""")]
    [InlineData("a page over several lines", "{\n  \"meta\": {\"count\": 3},\n  \"results\": [\n    {1},\n    {2},\n    {3}\n  ],\n  \"group_by\": []\n}\n")]
    [InlineData("pages one a line, one of them empty", "{\"meta\":{},\"results\":[{1}]}\n{\"results\":[]}\n{\"meta\":null,\"results\":[{2},{3}]}\n")]
    [InlineData("an array", "[{1},{2},\n{3}]")]
    [InlineData("pages and lines mixed", "{1}\n{\"results\":[{2}]}\n{3}")]
    public async Task Works_are_found_in(string layout, string text)
    {
        Assert.NotEmpty(layout);
        await using var world = await TestWorld.OpenAsync();
        foreach (var id in new[] { 1, 2, 3 }) text = text.Replace($"{{{id}}}", Work(id), StringComparison.Ordinal);
        Assert.Equal(["W1", "W2", "W3"], await IdsAsync(world, text));
    }

    [Fact]
    public async Task One_work_over_several_lines_is_one_record()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await Works.ImportTextAsync(world, "{\n  \"id\": \"W1\",\n  \"publication_year\": 2020,\n  \"authorships\": [\n  ]\n}\n");
        Assert.Equal((1, 1), (result.Records, result.Accepted));
    }

    [Theory]
    [InlineData("nonsense", "not a JSON object")]
    [InlineData("12", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("{}", "no id")]
    [InlineData("""{"id":null,"authorships":[]}""", "no id")]
    [InlineData("""{"id":"https://openalex.org/I47508984"}""", "value of id")]
    [InlineData("""{"id":"https://openalex.org/W"}""", "value of id")]
    [InlineData("""{"id":"W0"}""", "value of id")]
    [InlineData("""{"id":"W99999999999999999999"}""", "value of id")]
    [InlineData("""{"id":12}""", "value of id")]
    [InlineData("""{"id":"W9","authorships":"none"}""", "value of authorships")]
    [InlineData("""{"id":"W9","authorships":[12]}""", "value of authorships[]")]
    [InlineData("""{"id":"W9","authorships":[{"institutions":{}}]}""", "value of authorships[].institutions")]
    [InlineData("""{"id":"W9","authorships":[{"institutions":["I1"]}]}""", "value of authorships[].institutions[]")]
    [InlineData("""{"id":"W9","authorships":[{"institutions":[{"id":"I1","lineage":"I2"}]}]}""", "value of authorships[].institutions[].lineage")]
    [InlineData("""{"id":"W9","authorships":[{"institutions":[{"id":"I1","country_code":12}]}]}""", "value of authorships[].institutions[].country_code")]
    [InlineData("""{"id":"W9","is_retracted":"yes"}""", "value of is_retracted")]
    [InlineData("""{"id":"W9","publication_year":"2020"}""", "value of publication_year")]
    [InlineData("""{"id":"W9","publication_year":20200}""", "value of publication_year")]
    [InlineData("""{"id":"W9","fwci":NaN}""", "not JSON: see byte 19")]
    [InlineData("""{"id":"W9","title":"cut""", "not JSON")]
    [InlineData("""{"id":"W9","authorships":[{"institutions":[""", "not JSON")]
    [InlineData("""{"id":"W9","authorships":""", "not JSON")]
    [InlineData("""{"id":"W9"}{"id":"W8"}""", "follows the record on its line")]
    [InlineData("""{"id":"W9"}, "title": "x"}""", "follows the record on its line")]
    public async Task A_bad_line_is_a_rejected_row_with_its_reason_and_the_others_stand(string bad, string reason)
    {
        await using var world = await TestWorld.OpenAsync();
        foreach (var text in new[] { $"{Work(1)}\n{bad}\n{Work(2)}\n{Work(3)}\n", $"{Work(1)}\n{bad}\n{Work(2)}\n{Work(3)}" })
        {
            var result = await Works.ImportTextAsync(world, text);
            Assert.Equal((4, 3, 1), (result.Records, result.Accepted, result.Rejected));
            var row = Assert.Single(Works.Rejects(world, result.Vintage));
            Assert.Equal(("works.jsonl", 2), (row.File, row.Line));
            Assert.Contains(reason, row.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Broken_UTF8_is_a_rejected_row()
    {
        await using var world = await TestWorld.OpenAsync();
        byte[] text = [.. Encoding.UTF8.GetBytes(Work(1) + "\n{\"id\":\"W2\",\"title\":\""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}\n" + Work(3))];
        var result = (await Works.ImportAsync(world, Works.Bytes("a.jsonl", text))).Value;
        Assert.Equal((3, 2, 1), (result.Records, result.Accepted, result.Rejected));
        Assert.Equal((2, "It is not valid UTF-8."), (Works.Rejects(world, result.Vintage)[0].Line, Works.Rejects(world, result.Vintage)[0].Reason));
    }

    [Theory]
    [InlineData("""{"results":[{1},{"id":"W9",oops,"x":{}},{2}]}""", 3, 2)]
    [InlineData("""{"results":[{1},12,"text",[{}],{2}]}""", 5, 2)]
    [InlineData("{\n\"results\":[\n{1},\n{\"id\":\"W9\",\n\"x\":,},\n{2}]}", 3, 2)]
    [InlineData("{\"results\":[{1},{\"id\":\"W9\",\"x\":\"\n{2}", 4, 2)]
    [InlineData("{\"results\":[{1}\n{2}", 3, 2)]
    [InlineData("{\"results\":[{1}],\"meta\":{\n{2}", 3, 2)]
    [InlineData("{\n\"results\":[\n{1},\n{\"id\":\"W9\",\"x\":\"\n},\n  \"lost\"\n{2}", 4, 2)]
    public async Task A_broken_page_loses_only_what_cannot_be_told_apart_and_says_so(string text, int records, int accepted)
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await Works.ImportTextAsync(world, text.Replace("{1}", Work(1), StringComparison.Ordinal).Replace("{2}", Work(2), StringComparison.Ordinal));
        Assert.Equal((records, accepted), (result.Records, result.Accepted));
        Assert.Equal(records - accepted, Works.Rejects(world, result.Vintage).Count);
    }

    [Fact]
    public async Task Names_and_texts_are_read_however_they_are_escaped()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await Works.ImportTextAsync(world,
            """{"\u0069d":"https:\/\/openalex.org\/\u0057\u0031","title":"a\"b\\c\u00e9\n\ud83d\ude00\ud800x","t\ud800":1,"authorships":[{"institution\u0073":[{"i\u0064":"I\u0037"}]}]}""");
        Assert.Equal("W1 0 T0  c0 NaN None g0 “a\"b\\cé\n😀\uFFFDx” : I7|||||", Assert.Single(Works.Told(world, result.Vintage)));
    }

    [Fact]
    public async Task Nulls_everywhere_are_unknowns()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await Works.ImportTextAsync(world, """
            {"id":"W1","publication_year":null,"title":null,"display_name":"d","doi":null,"type":null,"cited_by_count":null,"fwci":null,"is_retracted":null,"is_paratext":null,"is_authors_truncated":null,"open_access":null,"citation_normalized_percentile":null,"primary_topic":null,"sustainable_development_goals":null,"authorships":null,"updated_date":null,"is_xpac":null}
            {"id":"W2","open_access":{"is_oa":null},"primary_topic":{"id":null},"sustainable_development_goals":[null,{"id":null},{}],"authorships":[null,{},{"institutions":null},{"institutions":[null,{"id":null,"lineage":null},{"id":"https://openalex.org/I-1","ror":null},{"id":"I5","lineage":[null,"I6"]}]}]}
            """);
        Assert.Equal(["W1 0 T0  c0 NaN None g0 “d” : ", "W2 0 T0  c0 NaN None g0 “” : ; ; ; I5|||||6"], Works.Told(world, result.Vintage));
    }

    [Fact]
    public async Task Optional_values_of_another_type_are_unknown_and_the_work_stands()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await Works.ImportTextAsync(world, Work(1, ""","doi":{"x":1},"type":["a"],"cited_by_count":"7","fwci":"high","open_access":[true],"primary_topic":"T1","sustainable_development_goals":{"id":3},"updated_date":12,"citation_normalized_percentile":0.5"""));
        Assert.Equal("W1 2020 T0  c0 NaN None g0 “t1” : ", Assert.Single(Works.Told(world, result.Vintage)));
    }

    [Theory]
    [InlineData("https://metadata.un.org/sdg/3", 4u)]
    [InlineData("https://openalex.org/sdgs/3", 4u)]
    [InlineData("https://metadata.un.org/sdg/17", 1u << 16)]
    [InlineData("https://metadata.un.org/sdg/18", 0u)]
    [InlineData("", 0u)]
    public async Task Goals_are_read_in_both_forms(string id, uint goals)
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await Works.ImportTextAsync(world, Work(1, $$""","sustainable_development_goals":[{"score":0.5,"id":"{{id}}"}]"""));
        using var store = Works.Open(world, result.Vintage);
        Assert.Equal(goals, store.Segments[0].Goals[0]);
    }

    [Theory]
    [InlineData(99, false, false)]
    [InlineData(100, false, true)]
    [InlineData(101, false, false)]
    [InlineData(3, true, true)]
    public async Task A_list_of_authors_is_cut_when_flagged_or_exactly_100_long(int authors, bool flagged, bool cut)
    {
        await using var world = await TestWorld.OpenAsync();
        var list = string.Join(',', Enumerable.Repeat("""{"institutions":[]}""", authors));
        var result = await Works.ImportTextAsync(world, $$"""{"id":"W1","authorships":[{{list}}],"is_authors_truncated":{{(flagged ? "true" : "false")}}}""");
        using var store = Works.Open(world, result.Vintage);
        Assert.Equal(cut, ((WorkFlags)store.Segments[0].Flags[0] & WorkFlags.Truncated) != 0);
    }

    [Fact]
    public async Task A_unit_is_what_the_record_lists_and_the_same_listing_is_the_same_unit()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await Works.ImportTextAsync(world, Listing("""
            [{"id":"https://openalex.org/I1","ror":"https://ror.org/02feahw73","country_code":"FR","display_name":"A","lineage":["https://openalex.org/I1","https://openalex.org/I2"]},
            {"display_name":"A","ror":"02FEAHW73","lineage":["I1","I2"],"country_code":"FR","id":"I1","type":["facility"]},
            {"id":"I1","country_code":"GB"},{"id":"I1","type":"company","country_code":"GB"},{"id":null,"country_code":"JP"},{"id":"I1","ror":"nonsense"}]
            """.ReplaceLineEndings("")));
        using var store = Works.Open(world, result.Vintage);
        var segment = store.Segments[0];
        Assert.Equal(5, segment.UnitCount);
        Assert.Equal(["I1|02feahw73|FR||A|1,2", "I1|02feahw73|FR||A|1,2", "I1||GB|||", "I1||GB|company||", "I0||JP|||", "I1|||||"],
            segment.UnitsOf(0).ToArray().Select(u => Works.Told(segment.Unit(u))));
    }

    [Fact]
    public async Task The_newest_record_of_a_work_stands_in_whatever_order_they_come()
    {
        string Dated(string date, string title) => $$"""{"id":"W1","updated_date":"{{date}}","title":"{{title}}"}""";
        string[] records = [Dated("2025-11-06T03:46:38.306776", "new"), Dated("2025-11-06T03:46:38.306775", "old"), Dated("2023-01-01", "older"), """{"id":"W1","title":"oldest"}"""];
        var told = new HashSet<string>();
        foreach (var order in new[] { records, [.. records.Reverse()], [records[2], records[0], records[3], records[1]] })
        {
            await using var world = await TestWorld.OpenAsync();
            var result = (await Works.ImportAsync(world, [.. order.Select((r, i) => Works.Text($"{i}.jsonl", r))])).Value;
            Assert.Equal((4, 4, 3), (result.Records, result.Accepted, result.Superseded));
            told.Add(Assert.Single(Works.Told(world, result.Vintage)));
        }
        Assert.Contains("“new”", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invented_work_makes_the_vintage_synthetic()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await Works.ImportTextAsync(world, Work(1) + "\n" + Work(2, ""","is_synthetic":true"""));
        Assert.StartsWith("synthetic-", result.Vintage, StringComparison.Ordinal);
        Assert.True(Vintages.Read(world.Folder, result.Vintage)!.Synthetic);
    }

    [Fact]
    public async Task A_long_record_is_rejected_without_being_held_and_a_longer_page_is_read_result_by_result()
    {
        await using var world = await TestWorld.OpenAsync();
        var mebibyte = new string('x', 1 << 20);
        IEnumerable<string> Text()
        {
            yield return Work(1) + "\n{\"id\":\"W2\",\"title\":\"";
            for (var i = 0; i < 200; i++) yield return mebibyte;
            yield return "\"}\n{\"results\":[" + Work(3);
            for (var i = 0; i < 70; i++) yield return $",{Work(1000 + i, $",\"x\":\"{mebibyte}\"")}";
            yield return "]}\n" + Work(4);
        }
        var result = (await Works.ImportAsync(world, new Source("long.jsonl", 0, () => new Pieces(Text())))).Value;
        Assert.Equal((74, 73, 1), (result.Records, result.Accepted, result.Rejected));
        Assert.Equal(("long.jsonl", 2, "The record is longer than 64 MiB."), Works.Rejects(world, result.Vintage)[0]);
    }

    /// <summary>A text made piece by piece while it is read.</summary>
    sealed class Pieces(IEnumerable<string> pieces) : MemoryStream
    {
        readonly IEnumerator<string> _pieces = pieces.GetEnumerator();
        byte[] _piece = [];
        int _at;

        public override int Read(Span<byte> buffer)
        {
            while (_at == _piece.Length)
            {
                if (!_pieces.MoveNext()) return 0;
                (_piece, _at) = (Encoding.UTF8.GetBytes(_pieces.Current), 0);
            }
            var read = Math.Min(buffer.Length, _piece.Length - _at);
            _piece.AsSpan(_at, read).CopyTo(buffer);
            _at += read;
            return read;
        }
    }
}
