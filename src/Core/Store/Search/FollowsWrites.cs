using System.Runtime.CompilerServices;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Entente.Core.Store.Search;

/// <summary>Notes which records a save changes and, once their rows are written, brings the index after them in the same transaction.</summary>
sealed class FollowsWrites : SaveChangesInterceptor
{
    // One interceptor serves every context.
    readonly ConditionalWeakTable<DbContext, HashSet<(string Kind, string Key)>> _changed = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var changed = _changed.GetOrCreateValue(eventData.Context!);
        changed.Clear();
        foreach (var row in eventData.Context!.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)) Note(row, changed);
        return new(result);
    }

    static void Note(EntityEntry row, HashSet<(string Kind, string Key)> changed)
    {
        if (!row.Metadata.IsJournalled() || row.Metadata.OwnerKind() is not { Length: > 0 } kind) return;
        var property = row.Property(row.Metadata.OwnerKeyProperty()!);
        if (property.CurrentValue is string now) changed.Add((kind, now));
        if (row.State != EntityState.Added && property.OriginalValue is string before) changed.Add((kind, before));
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (!_changed.TryGetValue(eventData.Context!, out var changed) || changed.Count == 0) return result;
        var records = changed.ToLookup(c => c.Kind, c => c.Key);
        changed.Clear();
        await SearchIndex.UpdateAsync((Db)eventData.Context!, records, cancellationToken);
        return result;
    }
}
