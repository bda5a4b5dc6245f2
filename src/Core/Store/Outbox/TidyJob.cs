using System.Globalization;
using Entente.Core.Store.Jobs;

namespace Entente.Core.Store.Outbox;

/// <summary>Keeps the outbox from growing for ever.</summary>
sealed class TidyJob : Job
{
    public override string Name => "mail.tidy";

    public override async Task<string> RunAsync(Work work, DateOnly day, CancellationToken ct) =>
        (await Messages.TidyAsync(work, ct)).ToString(CultureInfo.InvariantCulture) + " old messages removed";
}
