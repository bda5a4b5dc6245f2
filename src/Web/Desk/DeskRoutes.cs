using Entente.Core.Accounts;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Portfolio.Rules;
using Entente.Core.Store;
using Entente.Web.Portfolio;
using Entente.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Desk;

/// <summary>Something that waits for an office: what, why, and where it is done.</summary>
public sealed record Waiting(string Href, string Name, string Why);

/// <summary>The page that whoever signs in works from.</summary>
public static class DeskRoutes
{
    public static void MapDesk(this IEndpointRouteBuilder app) => app.MapGet("/desk", async (Work work, PortfolioRecord record, Reader reader, CancellationToken ct) =>
        Answers.Page<DeskPage>(new
        {
            Drafts = Drafts(record, reader),
            Due = Due(record, reader, PortfolioRoutes.Today(work)),
            Findings = await RuleReading.AllAsync(work, record, ct),
            Alone = Permissions.MayAnywhere(work.Actor, Permission.ManageAccounts) && await work.Db.Accounts.CountAsync(ct) == 1,
        })).SignedIn();

    // A structure drafted with its agreement is approved there.
    static IReadOnlyList<Waiting> Drafts(PortfolioRecord record, Reader l) =>
    [
        .. from agreement in record.Agreements.SelectMany(a => a)
           where agreement.Draft
           orderby agreement.Key
           select new Waiting($"/agreements/{agreement.Key}", l.Say(agreement.SaidTitle), l.Say(record.Structures[agreement.Structure].SaidName)),
        .. from structure in record.Structures.Values
           where structure.Draft && !record.Agreements[structure.Key].Any(a => a.Draft)
           orderby structure.Key
           select new Waiting($"/structures/{structure.Key}", l.Say(structure.SaidName), l.Say(record.InstrumentOf(structure).SaidName)),
    ];

    // What is renewed already waits for nobody.
    static IReadOnlyList<Waiting> Due(PortfolioRecord record, Reader l, DateOnly today) =>
    [
        .. from agreement in record.Agreements.SelectMany(a => a)
           let due = AgreementReading.DueOn(agreement)
           where agreement is { Draft: false, Ended: null } && due <= today && AgreementReading.RenewalOf(record, agreement) is null && AgreementReading.SuccessorOf(record, agreement) is null
           orderby due, agreement.Key
           select new Waiting($"/agreements/{agreement.Key}", l.Say(agreement.SaidTitle), $"{l.Say("ends", "prend fin")} {l.Say(agreement.Ends!.Value.Said)}"),
    ];
}
