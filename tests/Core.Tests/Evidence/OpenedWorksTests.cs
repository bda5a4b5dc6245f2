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
}
