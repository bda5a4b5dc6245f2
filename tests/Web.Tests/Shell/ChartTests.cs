using Entente.Web.Shell.Charts;

namespace Entente.Web.Tests.Shell;

public sealed class ChartTests
{
    [Theory]
    [InlineData(48, 50, 10)]
    [InlineData(43, 50, 10)]
    [InlineData(1019, 1250, 250)]
    [InlineData(5, 5, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 1, 1)]
    public void An_axis_of_counts_ends_on_a_round_number_above_the_largest(double largest, double top, double step) =>
        Assert.Equal(new Axis(top, step), Axis.ForCounts(largest));

    [Fact]
    public void An_axis_begins_at_zero_and_ends_at_its_top()
    {
        foreach (var largest in Enumerable.Range(1, 3000))
        {
            var axis = Axis.ForCounts(largest);
            Assert.True(axis.Top >= largest);
            Assert.InRange(axis.Lines().Count(), 1, 6);
            Assert.Equal(axis.Top, axis.Lines().Last(), 6);
        }
    }

    [Fact]
    public void Geometry_is_written_with_a_point_whatever_the_machine()
    {
        Assert.Equal(("13.5%", "0.5", "33.33"), (Svg.Percent(.135), Svg.Px(.5), Svg.Unit(1.0 / 3)));
        Assert.Equal("’17", new Bar("2017", 3).Short);
    }
}
