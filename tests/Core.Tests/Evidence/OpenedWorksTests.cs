using Entente.Core.Evidence;

namespace Entente.Core.Tests.Evidence;

public sealed class OpenedWorksTests
{
    [Theory]
    [InlineData(2_000, 5, 1024)]
    [InlineData(10_000_000, 5, 42)]
    [InlineData(250_000_000, 5, 4)]
    [InlineData(0, 1, 1024)]
    public void Of_a_larger_vintage_fewer_sets_are_kept_between_questions(long works, int bitsOfWork, int kept) =>
        Assert.Equal(kept, OpenedWorks.Most(works, bitsOfWork, 1024));

    [Fact]
    public async Task What_is_kept_stays_when_it_is_asked_for_again_however_full_it_is()
    {
        await using var world = await Corpus.WorldAsync(Corpus.Eight);
        using var hold = OpenedWorks.Take(world.Folder, Vintages.Find(world.Folder, VintageKind.OpenAlex, null).Value);
        var made = 0;
        string Made(int key) => hold.Works.Keep(("pass", key), () => $"{made++}");
        var most = OpenedWorks.Most(8, 192, 64);
        foreach (var key in Enumerable.Range(0, most)) Made(key);
        Assert.Equal(("0", most), (Made(0), made));
        Made(most);
        Assert.Equal($"{most + 1}", Made(0));
    }
}
