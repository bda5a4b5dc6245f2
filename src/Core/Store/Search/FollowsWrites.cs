using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Entente.Core.Store.Search;

/// <summary>Notes which records a save changes and, once their rows are written, brings the index after them in the same transaction.</summary>
sealed class FollowsWrites : SaveChangesInterceptor
{
    readonly HashSet<(string Kind, string Key)> _changed = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        _changed.Clear();
        foreach (var row in eventData.Context!.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)) Note(row);
        return new(result);
    }

    void Note(EntityEntry row)
    {
        if (!row.Metadata.IsJournalled() || row.Metadata.OwnerKind() is not { Length: > 0 } kind) return;
        var property = row.Property(row.Metadata.OwnerKeyProperty()!);
        if (property.CurrentValue is string now) _changed.Add((kind, now));
        if (row.State != EntityState.Added && property.OriginalValue is string before) _changed.Add((kind, before));
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (_changed.Count == 0) return result;
        var records = _changed.ToLookup(c => c.Kind, c => c.Key);
        _changed.Clear();
        await SearchIndex.UpdateAsync((Db)eventData.Context!, records, cancellationToken);
        return result;
    }
}
