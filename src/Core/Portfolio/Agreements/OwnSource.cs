using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>
/// What the offices state in this record themselves, such as a draft, has this record for its source: its journal says who stated it
/// and when. The row is made the first time it is needed.
/// </summary>
public static class OwnSource
{
    public const string Key = "ENTENTE";

    /// <summary>The sources given, or this record where none is. Adds the row to what is about to be saved.</summary>
    internal static async Task<Citations> OfAsync(Work work, string? given, CancellationToken ct)
    {
        var citations = Citations.Parse(string.IsNullOrWhiteSpace(given) ? Key : given);
        if (citations.Cites(Key) && await work.Db.Sources.FindAsync([Key], ct) is null)
            work.Db.Add(new Source { Key = Key, Kind = SourceKind.Register, Title = "This record", Publisher = "The offices of the sides; the journal names who stated what" });
        return citations;
    }

    /// <summary>True where every source is on record, this one included though its row may not be made yet.</summary>
    internal static async Task<string?> UnknownAsync(Db db, string? given, CancellationToken ct)
    {
        foreach (var key in Citations.Parse(given ?? "").Sources.Where(key => key != Key))
            if (await db.Sources.AsNoTracking().AllAsync(s => s.Key != key, ct)) return key;
        return null;
    }
}
