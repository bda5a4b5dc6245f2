using System.CommandLine;
using Entente.Core.Accounts;
using Entente.Core.Kernel;

namespace Entente.Cli;

/// <summary>What verify --journal answers: done where every line follows the one before, refused with the first that does not.</summary>
static class JournalCheckPage
{
    public static async Task<Refusal?> RunAsync(Session session, ParseResult line, CancellationToken ct)
    {
        var checkedNow = await Installation.CheckJournalAsync(await session.WorkAsync(ct), ct);
        if (checkedNow.Refusal is { } refusal) return refusal;
        var check = checkedNow.Value;
        session.Answer(line, new { check.Sound, check.Lines, check.Older, check.Erased, check.Head, check.BrokenLine, Why = check.Why is { } why ? session.Say(why) : null }, answer =>
        {
            if (!answer.Sound) return;
            var (lines, erased, older) = (session.Number(answer.Lines), session.Number(answer.Erased), session.Number(answer.Older));
            session.Line(new Said($"The journal holds: {lines} lines, each following the one before; {erased} texts erased, their hashes kept; {older} lines from before the chain.",
                $"Le journal tient\u202F: {lines} lignes, chacune suivant la précédente\u202F; {erased} textes effacés, leurs empreintes gardées\u202F; {older} lignes d’avant la chaîne."));
            session.Line(new Said($"Its head is {answer.Head}. Noted elsewhere, it proves later that nothing was rewritten.",
                $"Sa tête est {answer.Head}. Notée ailleurs, elle prouve plus tard que rien n’a été réécrit."));
        });
        return check.Sound ? null : Refusal.Invalid("journal-broken",
            $"The journal does not hold at line {check.BrokenLine}: {check.Why!.Value.En}. {session.Number(check.Lines)} lines before it do. Compare with a backup.",
            $"Le journal ne tient pas à la ligne {check.BrokenLine}\u202F: {check.Why!.Value.Fr}. Les {session.Number(check.Lines)} lignes qui précèdent tiennent. Comparez avec une sauvegarde.");
    }
}
