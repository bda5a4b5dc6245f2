using Entente.Core.Kernel;
using Entente.Core.Portfolio.Deadlines;

namespace Entente.Web.Agenda;

/// <summary>The parts of the agenda in words.</summary>
static class AgendaWords
{
    public static Said Name(AgendaPart part) => part switch
    {
        AgendaPart.Overdue => new("Overdue", "En retard"),
        AgendaPart.Soon => new("Next 90 days", "Dans les 90 jours"),
        AgendaPart.Later => new("Later", "Plus tard"),
        AgendaPart.Done => new("Done", "Fait"),
    };
}
