using System.Security.Cryptography;
using System.Text;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio;

/// <summary>What a load put on the record: rows by file.</summary>
public sealed record PortfolioLoaded(string Folder, string Digest, IReadOnlyDictionary<string, int> Rows);

/// <summary>Puts a portfolio folder on the record: all of it, or nothing.</summary>
public static class PortfolioLoading
{
    /// <summary>
    /// Replaces the portfolio on the record by that of the folder, in one transaction with its journal line. Refused with every
    /// error of the folder, one a line, when anything is wrong.
    /// </summary>
    public static async Task<Outcome<PortfolioLoaded>> LoadAsync(Work work, string folder, CancellationToken ct)
    {
        if (!Directory.Exists(folder))
            return Refusal.Invalid("portfolio-missing", $"There is no folder {folder}: name a folder of portfolio tables, or none.",
                $"Le dossier {folder} n’existe pas : indiquez un dossier de tables de portefeuille, ou none.", "portfolio");
        var draft = PortfolioReading.Read(folder);
        if (draft.Errors.Count > 0) return Refused(folder, draft.Errors);

        await using var transaction = await work.BeginAsync(ct);
        await ClearAsync(work, ct);
        foreach (var file in PortfolioFileSet.All)
            work.Db.AddRange(draft.Rows.GetValueOrDefault(file.Name, []).Select(file.Make));
        var digest = Digest(folder);
        await Portfolios.RememberAsync(work.Db, folder, digest, ct);
        var loaded = new PortfolioLoaded(folder, digest, draft.Rows.ToDictionary(r => r.Key, r => r.Value.Count));
        work.Log("portfolio.load", "portfolio", string.Join(", ", loaded.Rows.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Value} {r.Key}")));
        await work.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return loaded;
    }

    /// <summary>Takes everything that a portfolio folder can hold off the record, under a line of its own; the journal stays.</summary>
    internal static async Task ClearAsync(Work work, CancellationToken ct)
    {
        var before = 0;
        foreach (var file in PortfolioFileSet.All.Reverse())
            foreach (var row in await RowsAsync(work.Db, file.Type, ct))
            {
                work.Db.Remove(row);
                before++;
            }
        if (before == 0) return;
        work.Log("portfolio.clear", "portfolio", $"{before} rows");
        await work.Db.SaveChangesAsync(ct);
    }

    /// <summary>Every row of one of the portfolio's tables, tracked.</summary>
    internal static Task<List<object>> RowsAsync(Db db, Type type, CancellationToken ct) =>
        ((IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type).Invoke(db, null)!).ToListAsync(ct);

    /// <summary>SHA-256 over the names and bytes of the folder's tables: two folders that say the same have the same digest.</summary>
    internal static string Digest(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path) + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Who mends a folder mends it from the top; a thousand lines say no more than the first fifty.
    const int Shown = 50;

    static Refusal Refused(string folder, IReadOnlyList<LoadError> errors)
    {
        var (first, more) = (errors.Take(Shown).ToList(), errors.Count - Shown);
        return Refusal.Invalid("portfolio-invalid",
            $"The portfolio in {folder} was not loaded; {errors.Count} {(errors.Count == 1 ? "thing is" : "things are")} wrong:\n"
                + string.Join('\n', first.Select(e => e.Said.En)) + (more > 0 ? $"\nand {more} more" : ""),
            $"Le portefeuille du dossier {folder} n’a pas été chargé ; {errors.Count} {(errors.Count == 1 ? "erreur" : "erreurs")} :\n"
                + string.Join('\n', first.Select(e => e.Said.Fr)) + (more > 0 ? $"\net {more} de plus" : ""), "portfolio");
    }
}
