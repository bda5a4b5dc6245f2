using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Filters of a question: which works count, on worlds known by hand.</summary>
public sealed class FiltersTests
{
    static readonly string[] Works =
    [
        "W1 a1:{CNRS} a2:{ICL} topic=10001/1702/17/3 goal=4+13 oa", "W2 a1:{CNRS} a2:{ICL} topic=10002/1702/17/3 type=review funder=7", "W3 a1:{CNRS} a2:{ICL} topic=10003/2204/22/3 goal=13 xpac",
        "W4 a1:{CNRS} a2:{ICL} a3:{ICL} retracted topic=10001/1702/17/3", "W5 a1:{CNRS} a2:{ICL} a3:{U1} type=book", "W6 a1:{CNRS,ICL} truncated oa funder=7",
    ];

    static readonly Dictionary<string, (FilterWords Words, string Counted)> Cases = new()
    {
        ["none"] = (new(), "W1 W2 W3 W5 W6"),
        ["topic"] = (new() { Topic = "T10001" }, "W1"),
        ["topic by name"] = (new() { Topic = "topic 10002" }, "W2"),
        ["subfield"] = (new() { Subfield = "1702" }, "W1 W2"),
        ["field by address"] = (new() { Field = "https://openalex.org/fields/22" }, "W3"),
        ["domain by name"] = (new() { Domain = "domain 3" }, "W1 W2 W3"),
        ["field and another subfield"] = (new() { Field = "17", Subfield = "2204" }, ""),
        ["types"] = (new() { Type = "review, Book" }, "W2 W5"),
        ["goal"] = (new() { Goal = "13" }, "W1 W3"),
        ["funder"] = (new() { Funder = "https://openalex.org/F7" }, "W2 W6"),
        ["open"] = (new() { OpenAccess = "yes" }, "W1 W6"),
        ["not open"] = (new() { OpenAccess = "no" }, "W2 W3 W5"),
        ["core"] = (new() { Corpus = "core" }, "W1 W2 W5 W6"),
        ["expansion"] = (new() { Corpus = "expansion" }, "W3"),
        ["all"] = (new() { Corpus = "all" }, "W1 W2 W3 W5 W6"),
        ["few authors, and no cut list"] = (new() { AuthorsMax = "2" }, "W1 W2 W3"),
        ["retracted too"] = (new() { WithRetracted = true }, "W1 W2 W3 W4 W5 W6"),
        ["all at once"] = (new() { Field = "17", Goal = "4", OpenAccess = "yes", Type = "article", Corpus = "core", AuthorsMax = "5", WithRetracted = true }, "W1"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Works_that_pass_are_counted_listed_and_verified(string name)
    {
        var (words, counted) = Cases[name];
        await using var world = await WorldAsync(Works);
        var question = Pair("CNRS", "ICL") with { Filters = Filters.Read(words).Value };
        var answer = world.Ask(question, receipt: true);
        Assert.Equal(counted.Split(' ', StringSplitOptions.RemoveEmptyEntries), world.Lines(question).Select(w => w.Id));
        Assert.Equal(counted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, answer.Value);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
        Assert.Equal(answer.Receipt!.Filters.Among, Filters.Read(words).Value with
        {
            Topic = answer.Receipt.Filters.Topic,
            Subfield = answer.Receipt.Filters.Subfield,
            Field = answer.Receipt.Filters.Field,
            Domain = answer.Receipt.Filters.Domain,
        });
    }

    [Fact]
    public async Task What_is_counted_apart_and_the_upper_bound_pass_the_filters_too()
    {
        await using var world = await WorldAsync([.. Works, "W7 a1:{UTK} truncated", "W8 a1:{UTK} truncated oa"]);
        var open = world.Ask(Pair("CNRS", "ICL") with { Filters = new() { OpenAccess = true } });
        Assert.Equal((new Bounds(2, 3), new Excluded(0, 0, 1)), (open.Bounds, open.Excluded));
        Assert.Equal(1, world.Ask(Pair("CNRS", "ICL") with { Filters = new() { Field = "17" } }).Excluded.Retracted);
    }

    [Theory]
    [InlineData("goal")]
    [InlineData("authors-max")]
    [InlineData("open-access")]
    [InlineData("corpus")]
    [InlineData("funder")]
    public void A_word_that_is_none_is_refused_by_its_field(string field)
    {
        var words = field switch
        {
            "goal" => new FilterWords { Goal = "18" },
            "authors-max" => new() { AuthorsMax = "0" },
            "open-access" => new() { OpenAccess = "gold" },
            "corpus" => new() { Corpus = "xpac" },
            _ => new FilterWords { Funder = "ANR" },
        };
        var refusal = Filters.Read(words).Refusal!;
        Assert.Equal((RefusalKind.Usage, field), (refusal.Kind, refusal.Field));
    }

    [Fact]
    public async Task A_place_that_no_work_is_in_is_refused_and_the_answer_names_those_that_are()
    {
        await using var world = await WorldAsync(Works);
        var refusal = Figures.Ask(world.Work, Pair("CNRS", "ICL") with { Filters = new() { Field = "Alchemy" } }, false, default).Refusal!;
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
        Assert.Contains("17 field 17, 22 field 22", refusal.Message.En, StringComparison.Ordinal);
    }

    [DuckDbFact]
    public async Task The_sql_of_a_receipt_filters_alike()
    {
        await using var world = await WorldAsync(Works);
        await SqlTests.HoldAsync(world, Cases.Values.Select(c => Pair("CNRS", "ICL") with { Filters = Filters.Read(c.Words).Value }).Distinct(), Path.Combine(world.Folder.Root, "works.jsonl"));
    }
}
