using System.Data.Common;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Deadlines;
using Entente.Core.Store;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Entente.Core.Tests.Portfolio;

public sealed class DisagreementsTests
{
    static async Task<PortfolioRecord> DemoAsync()
    {
        await using var world = await TestWorld.OpenAsync();
        await PortfolioLoading.LoadAsync(world.Work, Path.Combine(Conditions.Root, "data", "portfolio", "demo"), default);
        return await PortfolioRecord.ReadAsync(world.Db, default);
    }

    [Fact]
    public async Task The_record_finds_what_disagrees_by_itself() => Assert.Equal(
        ["limms start Contradictory", "cnrs-imperial theme Explainable", "cnrs-imperial start Explainable", "iea duration Explainable", "irp funding.per-year.max Explainable",
            "cnrs-imperial-phd start Explainable", "majulab parties Explainable", "poncelet start Explainable"],
        Disagreements.All(await DemoAsync()).Select(d => $"{d.Structure ?? d.Instrument} {d.Field} {d.Verdict}"));

    [Theory]
    [InlineData("limms", "start", "Nine years apart. The label IRL dates from 2019, so both dates describe something that bore another name.")]
    [InlineData("cnrs-imperial", "start", "One year apart. An agreement, a launch and a first day are different dates; the sources do not all say which they mean.")]
    [InlineData("cnrs-imperial", "theme", "The theme was renamed; S1 still has both on one page.")]
    [InlineData("poncelet", "start", "One year apart, and neither source says which of the dates of a structure it gives. The label IRL dates from 2019, so both dates describe something that bore another name.")]
    [InlineData("majulab", "parties", "ROR does not name CNRS. RNSR does not name NUS. RNSR does not name NTU.")]
    public async Task Each_reason_is_computed_from_the_facts(string structure, string field, string reason)
    {
        var found = Disagreements.All(await DemoAsync()).Single(d => d.Structure == structure && d.Field == field);
        Assert.Equal(reason, found.Reason.En);
        Assert.NotEqual(found.Reason.En, found.Reason.Fr);
        Assert.True(found.Statements.Count > 1 && found.Statements.All(s => s.Source.Count > 0));
    }

    [Fact]
    public async Task A_year_and_a_month_in_it_do_not_disagree() =>
        Assert.DoesNotContain(Disagreements.All(await DemoAsync()), d => d.Structure is "majulab" or "dynacom" or "abraham-de-moivre" && d.Field == "start");

    [Fact]
    public async Task What_cannot_be_watched_is_named()
    {
        var due = Unwatched.Of(await DemoAsync()).ToList();
        Assert.Equal(["Ends 17", "Starts 6", "Names 1"], due.Select(d => $"{d.Kind} {d.Structures.Count}"));
        Assert.Equal("End dates of 17 structures and programmes.", due[0].Title.En);
        Assert.Equal(["engineering-laboratory"], due[2].Structures);
    }

    [Fact]
    public async Task The_record_is_read_in_a_fixed_number_of_queries()
    {
        var few = await QueriesAsync(copies: 1);
        Assert.Equal(few, await QueriesAsync(copies: 5));
        Assert.Equal(0, few.Again);
    }

    static async Task<(int First, int Again)> QueriesAsync(int copies)
    {
        await using var world = await TestWorld.OpenAsync();
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder.Root, "many")).FullName;
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Conditions.Root, "data", "portfolio", "demo")))
        {
            var lines = await File.ReadAllLinesAsync(path);
            var name = Path.GetFileName(path);
            var rows = name is "acts.csv" or "facts.csv" or "parties.csv" ? Enumerable.Repeat(lines.Skip(1), copies).SelectMany(l => l) : lines.Skip(1);
            await File.WriteAllLinesAsync(Path.Combine(folder, name), rows.Prepend(lines[0]));
        }
        Assert.True((await PortfolioLoading.LoadAsync(world.Work, folder, default)).Ok);
        var counter = new Counter();
        await using var db = new Db(new DbContextOptionsBuilder<Db>().UseSqlite(world.Db.Database.GetConnectionString()).AddInterceptors(counter).Options);
        await PortfolioRecord.ReadAsync(db, default);
        var first = counter.Queries;
        await PortfolioRecord.ReadAsync(db, default);
        // A look at the head of the journal, which is no query of the mapper's, tells that nothing was written since.
        return (first, counter.Queries - first);
    }

    sealed class Counter : DbCommandInterceptor
    {
        public int Queries { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
        {
            Queries++;
            return base.ReaderExecutingAsync(command, data, result, ct);
        }
    }
}
