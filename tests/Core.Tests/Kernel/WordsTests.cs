using Entente.Core.Kernel;

namespace Entente.Core.Tests.Kernel;

public sealed class WordsTests
{
    [Theory]
    [InlineData("L’École — co-publications, 1,550 !", "l ecole co publications 1 550")]
    [InlineData("e\u0301nergie Straße Œuvre ŁÓDŹ", "energie strasse oeuvre lodz")]
    [InlineData("東京 大学 γ \U00020000", "u6771 u4eac u5927 u5b66 u03b3 u20000")]
    [InlineData("  \t'\"*() -- ", "")]
    [InlineData(null, "")]
    public void A_text_is_looked_through_by_its_plain_words(string? text, string words) => Assert.Equal(words, string.Join(' ', Words.Of(text)));

    [Fact]
    public void Marks_open_to_a_reader_what_the_audience_does()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var audience = random.Next(4) switch
            {
                0 => Audience.Both,
                1 => Audience.Side($"s{random.Next(3)}"),
                2 => Audience.People(random.Next(3), random.Next(3)),
                _ => Audience.Public,
            };
            string[]? sides = random.Next(4) == 0 ? null : [.. Enumerable.Range(0, 3).Where(_ => random.Next(2) == 0).Select(n => $"s{n}")];
            var scope = random.Next(2) == 0 ? null : $"structures/{random.Next(2)}";
            var reader = new Actor("r")
            {
                Account = random.Next(3) == 0 ? null : random.Next(3),
                Grants = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Grant((AccountRole)random.Next(8),
                    random.Next(3) == 0 ? null : $"s{random.Next(3)}", random.Next(2) == 0 ? null : $"structures/{random.Next(2)}"))],
            };
            var marked = audience.Kind == AudienceKind.Public || AudienceMarks.Of(audience, sides, scope).Intersect(AudienceMarks.Of(reader)).Any();
            Assert.True(marked == audience.OpenTo(reader, sides, scope), $"{audience} of {string.Join(",", sides ?? ["-"])} in {scope} for {string.Join(", ", reader.Grants)} of {reader.Account}");
        }
    }
}
