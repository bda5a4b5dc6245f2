using Entente.Core.Kernel;
using Entente.Core.Store.Outbox;

namespace Entente.Web.Jobs;

/// <summary>The states of a mail in words.</summary>
static class MailWords
{
    public static Said Name(MessageState state) => state switch
    {
        MessageState.Pending => new("waiting", "en attente"),
        MessageState.Sending => new("being sent", "en cours d’envoi"),
        MessageState.Sent => new("sent", "envoyé"),
        MessageState.Failed => new("failed", "échoué"),
        MessageState.Uncertain => new("uncertain", "incertain"),
        MessageState.GivenUp => new("given up", "abandonné"),
    };
}
