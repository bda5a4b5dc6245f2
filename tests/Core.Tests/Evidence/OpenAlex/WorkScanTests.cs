using System.IO.Compression;
using System.Text;
using Entente.Core.Evidence.OpenAlex;
using Entente.Engine.Works;
using Entente.Fuzz;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.OpenAlex;

/// <summary>The scanner against the slower reader: the same work, to the last bit, or none at all.</summary>
public sealed class WorkScanTests
{
    [RealDataFact]
    public void Every_real_record_is_scanned_as_it_is_read()
    {
        using var both = new Both();
        var scanned = RealRecords().Count(record => both.Agree(record));
        // Two records in a hundred have something unusual; none of these files is left to the slower reader as a whole.
        Assert.InRange(scanned, 3300, 3402);
    }

    [RealDataFact]
    public void Records_bent_at_random_are_scanned_as_they_are_read_or_left_to_the_reader()
    {
        using var both = new Both();
        var random = new Random(3);
        var records = RealRecords().Where(r => r.Length < 12_000).Take(300).ToList();
        var telling = Encoding.ASCII.GetBytes("{}[]\",:\\ 0123456789-.eEtfnulrsa\u001f\u0009WIFT/é");
        var scanned = 0;
        for (var i = 0; i < 12_000; i++)
        {
            var record = records[i % records.Count];
            for (var times = random.Next(1, 3); times > 0; times--) record = Bend(record, random, telling);
            if (record.Length > 0 && both.Agree(record)) scanned++;
        }
        Assert.InRange(scanned, 1000, 11_000);
    }

    [Theory]
    [InlineData("""{"id":"W1"}""")]
    [InlineData("""{"id":"W1","title":null,"display_name":"a\u00e9\"b"}""")]
    [InlineData("""{"id":"https://openalex.org/w12","publication_year":2020,"authorships":[]}""")]
    [InlineData("""{"id":"W1","authorships":[{},{"institutions":null},{"institutions":[]}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[null]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":[null,{"id":"I1"}]}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":[]},{"x":[[]],"institutions":[{"id":"I1","lineage":["I1"]}]}]}""")]
    [InlineData("""{"id":"W1","authorships":[{"x":{"institutions":[{"id":"I2"}]},"institutions":[{"id":"I1"},{"id":"I3"}]}]}""")]
    [InlineData("""{"id":"W1","authorships":[{"institut\u0069ons":[{"id":"I1"}]}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":[{"id":"I1"}],"institutions":[{"id":"I2"}]}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":[{"id":5}]}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":5}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[5]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":[{"id":"I1"}],"institutions":""}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":false,"x":{},"institutions":[{"id":"I1"}]}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":[{"id":"I1"}],"x":"a","institut\u0069ons":null}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"x" : "institutions" , "y":1,"institutions" : [{"id":"I1"}] , "z" : null, "u":["a","}"] } ,{"a":"b"}]}""")]
    [InlineData("""{"id":"W1","id":"W2"}""", false)]
    [InlineData("""{"id":"W1","i\u0064":"W2"}""", false)]
    [InlineData("""{"id":null}""", false)]
    [InlineData("""{"id":"A1"}""", false)]
    [InlineData("""{"title":"no id"}""", false)]
    [InlineData("""{"id":"W1","publication_year":"2020"}""", false)]
    [InlineData("""{"id":"W1","publication_year":10000}""", false)]
    [InlineData("""{"id":"W1","is_retracted":1}""", false)]
    [InlineData("""{"id":"W1","is_retracted":true,"is_paratext":null,"is_xpac":true,"is_synthetic":false,"is_authors_truncated":true}""")]
    [InlineData("""{"id":"W1","fwci":0.87654321,"cited_by_count":7}""")]
    [InlineData("""{"id":"W1","fwci":1e-3}""", false)]
    [InlineData("""{"id":"W1","cited_by_count":-3}""", false)]
    [InlineData("""{"id":"W1","cited_by_count":12345678901}""", false)]
    [InlineData("""{"id":"W1","doi":"10.1/x","type":"article","updated_date":"2024-05-06T07:08:09.123456"}""")]
    [InlineData("""{"id":"W1","doi":"http://DX.DOI.ORG/10.1/x"}""")]
    [InlineData("""{"id":"W1","open_access":{"is_oa" : true , "oa_status":"gold"},"citation_normalized_percentile":{"value":0.9,"is_in_top_1_percent":false,"is_in_top_10_percent":true}}""")]
    [InlineData("""{"id":"W1","open_access":{"x":{},"is_oa":true}}""", false)]
    [InlineData("""{"id":"W1","open_access":[]}""", false)]
    [InlineData("""{"id":"W1","sustainable_development_goals":[{"id":"https://metadata.un.org/sdg/3","score":0.5},{"id":"https://openalex.org/sdgs/17"},{"id":null}]}""")]
    [InlineData("""{"id":"W1","grants":[{"funder":"https://openalex.org/F5"},{}],"awards":[ { "funder_id" : "F6" } , {"funder_id":null}],"funders":[{"id":"F5"}]}""")]
    [InlineData("""{"id":"W1","grants":[[{"funder":"F5"}]]}""", false)]
    [InlineData("""{"id":"W1","grants":[{"x":[1],"funder":"F5"}]}""", false)]
    [InlineData("""{"id":"W1","primary_topic":{"id":"https://openalex.org/T10","display_name":"a","score":0.5,"subfield":{"id":"https://openalex.org/subfields/2002","display_name":"b"},"field":{"id":20},"domain":null}}""")]
    [InlineData("""{"id":"W1","primary_topic":[]}""", false)]
    [InlineData("""{"id":"W1","results":[]}""", false)]
    [InlineData("""{"id":"W1","concepts":[{"a" 1,,}],"mesh":{tru},"authorships":[{"author":{"a"},"institutions":[{"id":"I1"}]}]}""")]
    [InlineData("""{"id":"W1","concepts":[{"a" 1,,],"mesh":{}}""", false)]
    [InlineData("""{"id":"W1","concepts":[{"a":1}}}""", false)]
    [InlineData("""{"id":"W1","concepts":tru}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":[{"id":"I1" "ror":null}]}]}""", false)]
    [InlineData("""{"id":"W1","authorships":[{"institutions":[{"id":"I1"},]}]}""", false)]
    [InlineData("""{"id":"W1","grants":[{"funder":"F5"} {"funder":"F6"}]}""", false)]
    [InlineData("""{"id":"W1","open_access":{"is_oa" true}}""", false)]
    [InlineData("""{"id":"W1","primary_topic":{"id":"T1","score":1-2}}""", false)]
    [InlineData("""{"id":"W1","primary_topic":{"id" "T1"}}""", false)]
    public void Records_of_every_kind_are_scanned_as_they_are_read_or_left_to_the_reader(string text, bool scanned = true)
    {
        using var both = new Both();
        Assert.Equal(scanned, both.Agree(Encoding.UTF8.GetBytes(text)));
        // The same again, from what is remembered of units, topics and types.
        Assert.Equal(scanned, both.Agree(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("primary_topic\":{\"x\":", "}", 62)]
    [InlineData("authorships\":[{\"institutions\":[{\"id\":\"I1\",\"x\":", "}]}]", 59)]
    public void Values_that_are_read_may_be_as_deep_as_the_reader_allows(string before, string after, int deepest)
    {
        using var both = new Both();
        foreach (var depth in new[] { deepest, deepest + 1 })
            Assert.Equal(depth == deepest, both.Agree(Encoding.UTF8.GetBytes($"{{\"id\":\"W1\",\"{before}{new string('[', depth)}{new string(']', depth)}{after}}}")));
    }

    [Fact]
    public void Topics_that_differ_in_their_score_alone_are_one()
    {
        using var both = new Both();
        foreach (var score in new[] { "0.5", "1", "-1e3", "null", "\"0.5\"", "0.25" })
            Assert.True(both.Agree(Encoding.UTF8.GetBytes("""{"id":"W1","primary_topic":{"id":"T10","score": ?,"display_name":"a"}}""".Replace("?", score, StringComparison.Ordinal))));
        Assert.False(both.Agree("""{"id":"W1","primary_topic":{"id":"T10","score": ,"display_name":"a"}}"""u8.ToArray()));
        Assert.True(both.Agree("""{"id":"W1","primary_topic":{"id":"T11","score":0.5,"display_name":"a"}}"""u8.ToArray()));
        Assert.True(both.Agree("""{"id":"W1","primary_topic":{"id":"T10","score":0.5,"display_name":"b"}}"""u8.ToArray()));
    }

    /// <summary>A writer with both ways to read for it.</summary>
    sealed class Both : IDisposable
    {
        readonly string folder = Directory.CreateTempSubdirectory("entente-scan-").FullName;
        readonly WorksWriter writer;
        readonly WorkJson reader, scanned;
        readonly WorkScan scan;

        public Both()
        {
            writer = new(folder);
            (reader, scanned) = (new(writer), new(writer));
            scan = new(scanned);
        }

        /// <summary>True when the record was scanned, and then exactly as the reader reads it.</summary>
        public bool Agree(byte[] record)
        {
            if (!scan.Read(record)) return false;
            var hash = scanned.Work.Hash;
            if (reader.Read(record, pages: true, out var length) != Found.Work || length != record.Length)
            {
                // What is wrong may lie in what nobody reads, and there alone.
                var rest = Unread.Nulled(record);
                Assert.Equal(Found.Work, reader.Read(rest, pages: true, out length));
                Assert.Equal(rest.Length, length);
                reader.Work.Hash = hash;
            }
            Assert.Equal(Told(reader.Work), Told(scanned.Work));
            return true;
        }

        static string Told(WorkRecord work) => string.Join('|', work.Id, work.Year, work.Topic, work.Placed, work.Type, work.Citations,
            BitConverter.SingleToInt32Bits(work.Fwci), work.Flags, work.Goals, work.Updated, work.Hash, work.HasTitle, Convert.ToHexString(work.TitleUtf8), Convert.ToHexString(work.DoiUtf8),
            string.Join(',', work.Units), string.Join(',', work.AuthorEnds), string.Join(',', work.Funders.Order()));

        public void Dispose()
        {
            writer.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    static List<byte[]> RealRecords()
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(Works.RealFile), CompressionMode.Decompress));
        var records = new List<byte[]>();
        while (text.ReadLine() is { } line) records.Add(Encoding.UTF8.GetBytes(line));
        return records;
    }

    static byte[] Bend(byte[] text, Random random, byte[] telling)
    {
        if (text.Length == 0) return text;
        var at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => [.. text[..at], telling[random.Next(telling.Length)], .. text[at..]],
            1 => [.. text[..at], telling[random.Next(telling.Length)], .. text[(at + 1)..]],
            2 => [.. text[..at], .. text[(at + 1)..]],
            _ => [.. text[..at], (byte)random.Next(32, 256), .. text[(at + 1)..]],
        };
    }
}
