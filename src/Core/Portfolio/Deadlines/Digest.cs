using System.Globalization;
using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>The mail that reminds one person: what is overdue, what a lead time has reached, and nothing else. Null where there is nothing to say.</summary>
public sealed record Digest(Said Subject, Said Body)
{
    /// <param name="site">where this installation is found, for links; null where nobody said</param>
    public static Digest? Of(IReadOnlyList<AgendaItem> items, DateOnly today, string? site)
    {
        var overdue = items.Where(i => Agenda.PartOf(i, today) == AgendaPart.Overdue).ToList();
        var near = items.Where(i => i.Done is null && i.Due >= today && i.Due.AddDays(-i.LeadDays) <= today).ToList();
        if (overdue.Count + near.Count == 0) return null;
        var count = (overdue.Count + near.Count).ToString(CultureInfo.InvariantCulture);
        return new(new($"Entente: {count} on your agenda", $"Entente\u202F: {count} à votre agenda"), new(Text(overdue, near, site, Lang.En), Text(overdue, near, site, Lang.Fr)));
    }

    static string Text(List<AgendaItem> overdue, List<AgendaItem> near, string? site, Lang lang)
    {
        var text = new StringBuilder();
        Part(text, new Said("Overdue", "En retard").In(lang), overdue, site, lang);
        Part(text, new Said("Coming due", "À venir").In(lang), near, site, lang);
        text.Append(new Said("You get this mail because of a role that you hold. Choose how often, or never: ", "Vous recevez ce courrier en raison d’un rôle que vous tenez. Choisissez à quel rythme, ou jamais\u202F: ").In(lang))
            .Append(site?.TrimEnd('/')).Append("/agenda/reminders\n");
        return text.ToString();
    }

    static void Part(StringBuilder text, string title, List<AgendaItem> items, string? site, Lang lang)
    {
        if (items.Count == 0) return;
        text.Append(title).Append('\n');
        foreach (var item in items)
        {
            var due = new PartialDate(item.Due.Year, item.Due.Month, item.Due.Day);
            text.Append("- ").Append(due.In(lang)).Append(lang == Lang.Fr ? "\u202F: " : ": ").Append(item.Title.In(lang)).Append('\n')
                .Append("  ").Append(item.Why.In(lang)).Append('\n').Append("  ").Append(site?.TrimEnd('/')).Append(item.Address).Append('\n');
        }
        text.Append('\n');
    }
}
