using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>A kept receipt in one line.</summary>
public sealed record ReceiptLine(string Id, string Figure, string Organisations, string? Years, string? With, string Membership, string Counting, double? Value, string Vintage, bool Synthetic, DateTime KeptAt);

/// <summary>What verifying found, in the reader's language.</summary>
/// <param name="Reason">the first reason for which it is not verified; null where it is</param>
/// <param name="Value">the figure as it comes out today</param>
public sealed record VerificationLine(string Receipt, Recomputation Verdict, string? Reason, IReadOnlyList<Check> Checks, double? Value, Bounds? Bounds, string? Digest)
{
    public static VerificationLine Of(Verification v, Reader reader) =>
        new(v.Receipt, v.Verdict, v.Reason is { } reason ? reader.Say(reason) : null, v.Checks, v.Value, v.Bounds, v.Digest);
}

/// <summary>Receipts that were asked for, kept, and recomputed.</summary>
public static class ReceiptRoutes
{
    // Verifying reads every byte of the vintage and of its sources; beyond this it waits until it is asked for.
    const long VerifiedUnasked = 512L << 20;

    static readonly Listing<ReceiptLine> Columns = new(
        new("id", r => r.Id), new("figure", r => r.Figure), new("organisations", r => r.Organisations), new("years", r => r.Years), new("with", r => r.With),
        new("membership", r => r.Membership), new("counting", r => r.Counting), new("value", r => r.Value), new("vintage", r => r.Vintage),
        new("synthetic", r => r.Synthetic), new("keptAt", r => r.KeptAt));

    public static void MapReceipts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/receipts", (Work work, Reader reader) =>
            Columns.Page(Kept(work), new ListQuery { Page = int.TryParse(reader["page"], out var page) ? page : null, Sort = reader["sort"], Q = reader["q"] })
                .ToPage<Paged<ReceiptLine>, ReceiptsPage>(lines => new { Lines = lines }));
        app.MapGet("/receipts/{id}", (Work work, Reader reader, HttpRequest request, string id, CancellationToken ct) => PageAsync(work, reader, request, id, ct));
        app.MapGet("/receipts/{id}/receipt.json", (Work work, Reader reader, string id) => Find(work, id) is var found && found.Refusal is { } refusal
            ? Answers.RefusalPage(refusal) : Results.Text(found.Value, "application/json"));
        MapApi(app);
    }

    static void MapApi(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/receipts", (Work work, Reader reader, [AsParameters] ListQuery list) => Columns.Answer(Kept(work), list, reader, "entente-receipts"))
            .Lists<ReceiptLine>("listReceipts", new("The receipts that were asked for and kept, the newest first.", "Les reçus demandés et gardés, le plus récent d’abord."), "/api/v1/receipts");
        app.MapGet("/api/v1/receipts/{id}", (Work work, Reader reader, string id) => Find(work, id).ToJson(reader, Parsed))
            .Answers<Receipt>("getReceipt", new("A kept receipt, as it was issued.", "Un reçu gardé, tel qu’il fut émis."), "/api/v1/receipts/{receipt}");
        app.MapGet("/api/v1/receipts/{id}/verification", async (Work work, Reader reader, string id, CancellationToken ct) => (await VerifyKeptAsync(work, id, ct)).ToJson(reader, v => VerificationLine.Of(v, reader)))
            .Answers<VerificationLine>("verifyReceipt", new("Recomputes a kept receipt now: every check, and the figure as it comes out today.",
                "Recalcule maintenant un reçu gardé : chaque contrôle, et le chiffre tel qu’il ressort aujourd’hui."), "/api/v1/receipts/{receipt}/verification");
        app.MapGet("/api/v1/receipts/{id}/members.csv", (Work work, Reader reader, string id) => Members(work, id) is var members && members.Refusal is { } refusal
                ? ApiAnswers.Problem(refusal, reader) : Results.Text(members.Value, "text/csv"))
            .Downloads("getReceiptMembers", new("The ids of both sides, which the receipt’s SQL reads where they are many.",
                "Les identifiants des deux côtés, que le SQL du reçu lit quand ils sont nombreux."), "/api/v1/receipts/{receipt}/members.csv", "text/csv");
    }

    public static Outcome<string> Find(Work work, string id) => Receipts.Find(work, id) is { } text ? text
        : Refusal.NotFound("unknown-receipt", $"No receipt {id} is kept here. Ask for the figure with receipt=1, and it is.",
            $"Aucun reçu {id} n’est gardé ici. Demandez le chiffre avec receipt=1, et il le sera.");

    public static Receipt Parsed(string json) => JsonSerializer.Deserialize<Receipt>(json, Receipt.Json)!;

    // Verifying reads every file of a vintage: one at a time, however many ask, so that it never takes the machine from other pages.
    static readonly SemaphoreSlim Turn = new(1);

    static async Task<Outcome<Verification>> VerifyAsync(Work work, string receipt, CancellationToken ct)
    {
        await Turn.WaitAsync(ct);
        try
        {
            return Verifying.Verify(work, receipt, ct);
        }
        finally
        {
            Turn.Release();
        }
    }

    static async Task<Outcome<Verification>> VerifyKeptAsync(Work work, string id, CancellationToken ct)
    {
        var found = Find(work, id);
        if (!found.Ok) return found.Refusal!;
        var verified = await VerifyAsync(work, found.Value, ct);
        return verified.Ok ? Public(work.Folder, verified.Value) : verified.Refusal!;
    }

    static Outcome<string> Members(Work work, string id)
    {
        var found = Find(work, id);
        if (!found.Ok) return found.Refusal!;
        var receipt = Parsed(found.Value);
        return Receipts.Members(receipt) ?? string.Concat(receipt.Organisations.SelectMany(o => o.OpenAlex.Select(i => $"{o.Side},{i}\n")).Prepend("side,id\n"));
    }

    /// <summary>The page of a receipt that was just computed, or was kept.</summary>
    public static async Task<IResult> ShowAsync(Work work, Reader reader, HttpRequest request, Receipt receipt, CancellationToken ct)
    {
        var vintages = receipt.Vintages.Select(id => Vintages.Read(work.Folder, id)).OfType<Manifest>().ToList();
        var bytes = vintages.Sum(v => v.Files.Sum(f => f.Bytes) + v.Sources.Sum(s => s.Bytes));
        var verified = bytes <= VerifiedUnasked || reader["verify"] == "1" ? await VerifyAsync(work, Receipts.Text(receipt), ct) : (Outcome<Verification>?)null;
        var question = QuestionOf(receipt);
        var answer = Figures.Ask(work, question, receipt: false, ct);
        var works = receipt.Figure == "joint-projects" ? null : (Outcome<IReadOnlyList<WorkLine>>?)Figures.Works(work, question, upper: true, ct);
        return Answers.Page<ReceiptPage>(new
        {
            Receipt = receipt,
            Question = question,
            Indicator = Indicators.Find(receipt.Figure).Value,
            Answer = answer.Ok ? answer.Value : null,
            Verification = verified is { Ok: true } ? Public(work.Folder, verified.Value.Value) : null,
            NotVerified = verified?.Refusal?.Message,
            Bytes = bytes,
            Base = $"{request.Scheme}://{request.Host}",
            Works = works is { Ok: true } ? works.Value.Value : [],
            Shorts = FigureRoutes.Shorts(work),
        });
    }

    static async Task<IResult> PageAsync(Work work, Reader reader, HttpRequest request, string id, CancellationToken ct)
    {
        var found = Find(work, id);
        return found.Ok ? await ShowAsync(work, reader, request, Parsed(found.Value), ct) : Answers.RefusalPage(found.Refusal!);
    }

    /// <summary>The question that a receipt answers, to be asked again on its own vintage.</summary>
    public static Question QuestionOf(Receipt receipt) => new(receipt.Figure)
    {
        A = NameOf(receipt.Organisations[0]),
        B = receipt.Organisations.Count > 1 ? NameOf(receipt.Organisations[1]) : null,
        With = receipt.Filters.With,
        Years = receipt.Filters is { FirstYear: { } first, LastYear: { } last } ? new Years(first, last) : null,
        Membership = receipt.Membership,
        Counting = receipt.Counting,
        Filters = receipt.Filters.Among,
        Kilometres = receipt.Places?.Kilometres,
        Stability = receipt.Stability?.Seed,
        Vintage = receipt.Vintages[0],
        Release = receipt.Places?.Release ?? (receipt.Perimeters.Count > 0 ? receipt.Perimeters[0].Release : null),
    };

    static string NameOf(ReceiptOrganisation organisation) => organisation.Key ?? organisation.Ror ?? organisation.Name;

    static IEnumerable<ReceiptLine> Kept(Work work)
    {
        var open = PortfolioRecord.Of(work);
        return from file in new DirectoryInfo(work.Folder.Receipts).EnumerateFiles("*.json").OrderByDescending(f => f.LastWriteTimeUtc)
               let text = Receipts.Find(work.Folder, open, Path.GetFileNameWithoutExtension(file.Name))
               where text is not null
               select Line(Parsed(text), file.LastWriteTimeUtc);
    }

    static ReceiptLine Line(Receipt r, DateTime kept) => new(r.Id!, r.Figure, string.Join(", ", r.Organisations.Select(o => o.Name)), QuestionOf(r).Years?.ToString(), r.Filters.With,
        FigureAddress.Word(r.Membership), FigureAddress.Word(r.Counting), r.Value, r.Vintages[0], r.Synthetic, kept);

    static Verification Public(DataFolder folder, Verification verification)
    {
        var plain = VintageRoutes.Plain(folder);
        return verification with { Checks = [.. verification.Checks.Select(c => c with { Says = plain(c.Says) })] };
    }
}
