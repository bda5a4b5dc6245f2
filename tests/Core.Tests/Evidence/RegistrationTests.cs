using Entente.Core.Evidence;
using Entente.Core.Tests.Evidence.Ror;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Two_releases_count_the_same_works_otherwise_and_the_difference_is_registration()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS}", "W2 a1:{IRL}", "W3 a1:{U1}", "W4 a1:{U1} a2:{IRL}", "W5 a1:{UTK}");
        var (cnrs, irl, u1) = (RorOf("CNRS"), RorOf("IRL"), RorOf("U1"));
        await RorFiles.Import(world, "v1.9", RorFiles.Write(world, "a.json", RorFiles.Record(cnrs, "CNRS", [$"child:{irl}"])));
        await RorFiles.Import(world, "v1.10", RorFiles.Write(world, "b.json", RorFiles.Record(cnrs, "CNRS", [$"child:{irl}", $"child:{u1}"])));
        var output = Registration.Move(world.Work, Of("CNRS"), "v1.9", "v1.10", default).Value;
        Assert.Equal((3d, 4d, 1d), (output.Before, output.After, output.Difference));
        Assert.Equal(-1, Registration.Move(world.Work, Of("CNRS"), "v1.10", "v1.9", default).Value.Difference);
        Assert.Equal("unknown-release", Registration.Move(world.Work, Of("CNRS"), "v1.9", "v1.11", default).Refusal?.Code);
        // Without a move of the register there is none of the figure.
        Assert.Equal(0, Registration.Move(world.Work, Of("CNRS"), "v1.9", "v1.9", default).Value.Difference);
    }

    [Fact]
    public async Task Without_works_nothing_can_be_said()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.Equal("no-vintage", Registration.Move(world.Work, Of("CNRS"), "v1.9", "v1.10", default).Refusal?.Code);
    }
}
