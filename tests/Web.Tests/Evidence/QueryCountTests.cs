using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Entente.Web.Tests.Evidence;

/// <summary>The record is asked a fixed number of times, however long the list.</summary>
[Collection(SmallSiteCollection.Name)]
public sealed class QueryCountTests(SmallSite site)
{
    [Theory]
    [InlineData("/works?figure=co-publications&between=cnrs,imperial&years=2020", "/works?figure=co-publications&between=cnrs,imperial&years=2018-2021")]
    [InlineData("/api/v1/works?figure=output&of=cnrs&years=2020", "/api/v1/works?figure=output&of=cnrs")]
    [InlineData("/figures/partners?of=imperial&years=2020", "/figures/partners?of=cnrs")]
    [InlineData("/perimeters/cnrs?release=v1.1", "/perimeters/cnrs?release=v1.2")]
    [InlineData("/partnerships/cnrs/imperial?years=2020", "/partnerships/cnrs/imperial?years=2018-2021")]
    [InlineData("/partnerships?size=1", "/partnerships?size=3")]
    public async Task A_longer_list_asks_no_more(string shorter, string longer)
    {
        var few = await CountAsync(shorter);
        Assert.Equal(few, await CountAsync(longer));
    }

    [Fact]
    public async Task One_vintage_or_receipt_more_asks_no_more()
    {
        var own = new SmallSite();
        await own.InitializeAsync();
        try
        {
            string[] lists = ["/vintages", "/receipts", "/evidence", "/api/v1/vintages", "/api/v1/receipts"];
            var before = new List<int>();
            foreach (var list in lists) before.Add(await CountAsync(list, own));
            await own.ImportWorksAsync("older.jsonl", [SmallSite.Work(("W900", 1990, ["UTK"])), SmallSite.Work(("W901", 1991, ["UTK", "ICL"]))]);
            await own.ImportWorksAsync("oldest.jsonl", [SmallSite.Work(("W902", 1989, ["UTK", "CNRS"]))]);
            await own.GetAsync("/figures/output?of=utokyo&receipt=1");
            await own.GetAsync("/figures/output?of=imperial&receipt=1");
            var after = new List<int>();
            foreach (var list in lists) after.Add(await CountAsync(list, own));
            Assert.Equal(before, after);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    Task<int> CountAsync(string path) => CountAsync(path, site);

    static async Task<int> CountAsync(string path, SmallSite asked)
    {
        await asked.GetAsync(path);
        using var counter = new Counter();
        await asked.GetAsync(path);
        return counter.Commands;
    }

    sealed class Counter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        readonly List<IDisposable> _held = [];
        int _commands;

        public Counter() => _held.Add(DiagnosticListener.AllListeners.Subscribe(this));

        public int Commands => _commands;

        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == DbLoggerCategory.Name) _held.Add(listener.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> happening)
        {
            if (happening.Key == RelationalEventId.CommandExecuted.Name) Interlocked.Increment(ref _commands);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _held.ForEach(held => held.Dispose());
    }
}
