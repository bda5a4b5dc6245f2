using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Store.Crash;

/// <summary>
/// A day of writes, as a process of its own that can be killed: dotnet Entente.Core.Tests.dll DIR. Each write is of several rows; once it is
/// committed, its number goes to standard output. The next day goes on with the next number.
/// </summary>
static class Day
{
    public const int Parties = 3, Facts = 2;

    static async Task<int> Main(string[] args)
    {
        var folder = new DataFolder(args[0]);
        await using (var db = folder.OpenDb())
        {
            await Migrator.RunAsync(db, default);
            await BeginAsync(new Work(db, folder, Actor.CommandLine, TimeProvider.System));
        }
        for (var number = await NextAsync(folder); ; number++)
        {
            await using var db = folder.OpenDb();
            await WriteAsync(new Work(db, folder, Actor.CommandLine, TimeProvider.System), number);
            Console.WriteLine(number);
            Console.Out.Flush();
        }
    }

    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"d{number}");

    static Citations Cites => Citations.Parse("S1");

    static async Task BeginAsync(Work work)
    {
        if (await work.Db.Sources.AnyAsync()) return;
        work.Db.Add(new Source { Key = "S1", Kind = SourceKind.Document, Title = "Of all", Publisher = "p" });
        work.Db.Add(new Instrument { Key = "irl", Code = "IRL", Name = "Laboratory", Family = InstrumentFamily.Laboratory, Description = "d", DescriptionFr = "d", Source = Cites });
        for (var i = 0; i < Parties; i++) work.Db.Add(new Organisation { Key = $"o{i}", Kind = OrganisationKind.Institution, Name = $"Body {i}", Source = Cites });
        work.Log("day.begin", "portfolio");
        await work.Db.SaveChangesAsync();
    }

    static async Task<int> NextAsync(DataFolder folder)
    {
        await using var db = folder.OpenDb();
        return (await db.Structures.Select(s => s.Key).ToListAsync()).Select(k => int.Parse(k[1..], CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() + 1;
    }

    // A structure with its rows; every third also ends the one before: renamed, its facts gone, one act more. Two saves, one transaction.
    static async Task WriteAsync(Work work, int number)
    {
        await using var turn = await work.BeginAsync(default);
        work.Db.Add(new Structure { Key = Key(number), Instrument = "irl", Name = $"Day {number}", Named = true, Source = Cites });
        for (var i = 0; i < Parties; i++) work.Db.Add(new Party { Structure = Key(number), Organisation = $"o{i}", Role = PartyRole.Party, Source = Cites });
        for (var i = 0; i < Facts; i++) work.Db.Add(new Fact { Structure = Key(number), Field = "f", Text = $"Fact {number}", TextFr = $"Fait {number}", Source = Cites });
        work.Log("day.create", $"structures/{Key(number)}");
        await work.Db.SaveChangesAsync();
        if (number % 3 == 0) await EndAsync(work, Key(number - 1));
        await turn.CommitAsync();
    }

    static async Task EndAsync(Work work, string key)
    {
        var structure = await work.Db.Structures.SingleAsync(s => s.Key == key);
        work.Db.Entry(structure).Property(nameof(Structure.Name)).CurrentValue = $"Ended {key}";
        work.Db.RemoveRange(await work.Db.Facts.Where(f => f.Structure == key).ToListAsync());
        work.Db.Add(new Act { Structure = key, Event = "end", DateKind = DateKind.Ended, What = "It ended.", WhatFr = "Elle a pris fin.", Source = Cites });
        work.Log("day.end", $"structures/{key}");
        await work.Db.SaveChangesAsync();
    }
}
