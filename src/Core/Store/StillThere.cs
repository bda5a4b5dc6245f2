using System.Data.Common;
using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Entente.Core.Store;

/// <summary>
/// Looks, before anything is committed, whether the record is still where it was opened. Who moves a record holds every pen until the
/// folder names the new store, so a writer that waited meanwhile learns of it here, and nothing is written where nobody reads.
/// </summary>
sealed class StillThere(DataFolder folder, StoreAddress opened) : DbTransactionInterceptor
{
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Look();
        return new(result);
    }

    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        Look();
        return result;
    }

    void Look()
    {
        if (folder.Store == opened) return;
        throw new BrokenWorldException(new(
            $"The record was moved to {folder.Store.Name} while this was being written. Nothing was changed: try again.",
            $"Le registre a été déplacé vers {folder.Store.Name} pendant cette écriture. Rien n’a été modifié\u202F: recommencez."));
    }
}
