using System.Globalization;
using System.Text;
using Entente.Core.Evidence.Measures;
using Entente.Core.Evidence.Sql;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>
/// What ClickHouse is asked for a figure, as a receipt shows it: the figure is worked out on a holding that writes its questions
/// down and answers none, so that what is shown is what is asked.
/// </summary>
static class ClickHouseSql
{
    /// <summary>Stand for what differs from one installation to the next.</summary>
    public const string Suffix = "SUFFIX", Members = "MEMBERS_OF_";

    public static string Of(Asked asked)
    {
        var notes = new Notes();
        var measure = asked.On(holding => Writing(asked, holding, notes));
        _ = (measure.Value, measure.Bounds, measure.Digest());
        var text = Head(asked.Indicator, asked.Vintage).Append("-- Rows of a year below 0, or of an id from 4611686018427387904 on, are one for each server, and count no work.\n");
        if (Many(asked)) text.Append(CultureInfo.InvariantCulture, $"-- For {Members}A and {Members}B put the numbers of the ids that stand for each side, as members.csv lists them.\n");
        return Written(text, notes);
    }

    /// <summary>The same for joint projects.</summary>
    public static string Of(Indicator indicator, Manifest vintage, IReadOnlyList<string> a, IReadOnlyList<string> b, Years? years)
    {
        var notes = new Notes();
        _ = new ClickHouseProjects(notes, new("entente", "CLUSTER", Suffix), new(vintage, Suffix, 0, [])).Joint(a, b, years);
        var text = Head(indicator, vintage).Append("-- Rows of a year below 0 are one for each server, and count no project. The last query has a row for each joint project");
        return Written(text.Append(years is null ? ".\n" : "; those of the year 0, whose start is unknown, are in the upper bound only.\n"), notes);
    }

    static StringBuilder Head(Indicator indicator, Manifest vintage) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"-- {indicator.Key}, version {indicator.Version}: {indicator.Formula}\n")
        .Append(CultureInfo.InvariantCulture, $"-- For the tables of “entente export clickhouse”: for {Suffix} put what this answers: select suffix from {ClickHouseSchema.LoadsIn(ClickHouseAddress.DefaultDatabase)} where id = '{vintage.Id}' order by loaded desc limit 1\n");

    static string Written(StringBuilder head, Notes notes) => head.AppendJoin(";\n\n", notes.Asked.Distinct()).Append(";\n").ToString();

    static ClickHouseWorks Writing(Asked asked, Holding holding, Notes notes)
    {
        var sides = 0;
        return new ClickHouseWorks(notes, new("entente", "CLUSTER", Suffix), new(asked.Vintage, Suffix, 0, [])
        {
            FirstYear = holding.FirstYear, LastYear = holding.LastYear, Knows = [ClickHouseTables.KnowsTopics, ClickHouseTables.KnowsFunders],
        }, new(asked.Question.Filters.HasPlace ? holding.Topics : []))
        {
            Written = ids => Many(asked) ? $"{Members}{"AB"[sides++]}" : string.Join(", ", ids.Where(id => id > 0).Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture))),
        };
    }

    static bool Many(Asked asked) => asked.Sides.Sum(side => side.Ids(asked.Question.Membership).Count) > WorksSql.MostInline;

    /// <summary>Writes down what it is asked, and has no rows.</summary>
    sealed class Notes : RowSource
    {
        public List<string> Asked { get; } = [];

        public override RowReader Ask(string sql)
        {
            Asked.Add(sql);
            return new(Stream.Null, _ => throw new System.Diagnostics.UnreachableException());
        }
    }
}
