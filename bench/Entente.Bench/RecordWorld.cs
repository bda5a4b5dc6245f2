using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Bench;

/// <summary>
/// An invented record of a large office: structures, people with roles, agreements, and a journal as years of work leave it. Loaded as
/// a portfolio folder and edited through the store, so that the journal is what the product writes.
/// </summary>
static class RecordWorld
{
    const int PartnersBeside = 200;

    public static async Task<DataFolder> MakeAsync(string root, int structures, int people, int lines)
    {
        var folder = new DataFolder(Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"record-{structures}")));
        var tables = Directory.CreateDirectory(Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"tables-{structures}"))).FullName;
        Write(tables, structures, people);
        await using (var db = folder.OpenDb())
        {
            await Migrator.RunAsync(db, default);
            var work = new Work(db, folder, Actor.CommandLine, TimeProvider.System);
            var loaded = await Portfolios.EnsureAsync(work, tables, default);
            if (!loaded.Ok) throw new InvalidOperationException(loaded.Refusal!.Message.En);
        }
        await EditAsync(folder, structures, lines);
        return folder;
    }

    static void Write(string folder, int structures, int people)
    {
        Table(folder, "sources", "key,kind,title,publisher", ["SYN,document,Synthetic record,Entente bench"]);
        Table(folder, "organisations", "key,kind,name,country,source", [
            "cnrs,institution,CNRS (synthetic record),FR,SYN", "imperial,institution,Imperial (synthetic record),GB,SYN",
            .. Rows(PartnersBeside, i => $"partner-{i},institution,Synthetic partner {i},{(i % 3 == 0 ? "JP" : i % 3 == 1 ? "US" : "GB")},SYN")]);
        Table(folder, "instruments", "key,code,issuers,family,name,description,description_fr,source", [
            "irc,IRC,cnrs,centre,International Research Centre,Synthetic,Synthétique,SYN", "irl,IRL,cnrs,laboratory,International Research Laboratory,Synthetic,Synthétique,SYN",
            "irp,IRP,cnrs,project,International Research Project,Synthetic,Synthétique,SYN"]);
        Table(folder, "structures", "key,instrument,name,named,country,source", Rows(structures, i => $"structure-{i},{(i % 50 == 0 ? "irc" : i % 3 == 0 ? "irl" : "irp")},Synthetic structure {i},yes,{(i % 2 == 0 ? "GB" : "JP")},SYN"));
        Table(folder, "belongings", "structure,centre,source", Rows(structures, i => i % 50 == 0 ? "" : $"structure-{i},structure-{i / 50 * 50},SYN"));
        Table(folder, "parties", "structure,organisation,role,since,source", [
            .. Rows(structures, i => $"structure-{i},cnrs,founder,{2000 + (i % 25)},SYN"), .. Rows(structures, i => $"structure-{i},{(i % 4 == 0 ? "imperial" : $"partner-{i % PartnersBeside}")},founder,{2000 + (i % 25)},SYN")]);
        Table(folder, "acts", "structure,event,date,date_kind,what,what_fr,source", Rows(structures, i => $"structure-{i},founding,{2000 + (i % 25)}-0{(i % 9) + 1},signed,Founded,Fondée,SYN"));
        Table(folder, "agreements", "key,structure,event,title,source", Rows(structures, i => $"agreement-{i},structure-{i},founding,Synthetic agreement {i},SYN"));
        Table(folder, "themes", "structure,kind,text,position,source", Rows(structures, i => $"structure-{i},subject,synthetic subject {i % 40},1,SYN"));
        Table(folder, "sites", "structure,kind,name,country,source", Rows(structures, i => $"structure-{i},main,Synthetic town {i % 60},GB,SYN"));
        Table(folder, "people", "key,name,source", Rows(people, i => $"person-{i},Synthetic Person {i},SYN"));
        Table(folder, "roles", "person,structure,kind,side,since,until,source", Rows(people, i => $"person-{i},structure-{i % structures},{(i < structures ? "director" : i < 2 * structures ? "deputy-director" : "also-at")},{(i % 2 == 0 ? "cnrs" : "")},{2010 + (i % 12)},{2026 + (i % 6)},SYN"));
    }

    static IEnumerable<string> Rows(int count, Func<int, string> row) => Enumerable.Range(0, count).Select(row).Where(text => text.Length > 0);

    static void Table(string folder, string name, string header, IEnumerable<string> rows) => File.WriteAllLines(Path.Combine(folder, name + ".csv"), rows.Prepend(header));

    // A thousand edits a transaction: the lines are those of single saves, only the disk is asked less often.
    static async Task EditAsync(DataFolder folder, int structures, int lines)
    {
        const int Batch = 1_000;
        for (var done = 0; done < lines; done += Batch)
        {
            await using var db = folder.OpenDb();
            var work = new Work(db, folder, Actor.CommandLine, TimeProvider.System);
            await using var turn = await work.BeginAsync(default);
            for (var i = done; i < Math.Min(done + Batch, lines); i++)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"structure-{i % structures}");
                var rows = db.Structures;
                var structure = await rows.SingleAsync(s => s.Key == key);
                db.Entry(structure).Property(s => s.LongName).CurrentValue = string.Create(CultureInfo.InvariantCulture, $"Synthetic long name {i}");
                work.Log("structure.edit", $"structures/{key}");
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
            await turn.CommitAsync();
            Console.Error.Write($"\r{Math.Min(done + Batch, lines):N0} of {lines:N0} lines of the journal");
        }
        Console.Error.WriteLine();
        await using var check = folder.OpenDb();
        var journal = await Journals.VerifyAsync(check, default);
        if (!journal.Sound) throw new InvalidOperationException($"The journal does not verify: {journal.Why?.En}");
    }
}
