using System.Globalization;
using System.Security.Cryptography;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>A document as it is given out: under a name made of its title, never of the name that it was sent under.</summary>
public sealed record DocumentFile(Document Document, byte[] Bytes)
{
    public string Name => $"{AgreementCells.KeyOf(Document.Title, _ => false)}{DocumentTypes.Of(Document.MediaType).Ending}";
}

/// <summary>Keeps documents with agreements and structures, gives them out to those who may read them, and takes them away.</summary>
public static class Documenting
{
    /// <summary>The documents of a record that the actor may know of, oldest first; without their bytes.</summary>
    public static async Task<IReadOnlyList<Document>> OfAsync(Work work, string subject, CancellationToken ct)
    {
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        if (StructureOf(whole.For(work.Actor), subject) is not { } structure) return [];
        return [.. (await work.Db.Documents.AsNoTracking().Where(d => d.Subject == subject).OrderBy(d => d.Id).ToListAsync(ct))
            .Where(d => whole.Opens(work.Actor, d.Audience, structure))];
    }

    /// <param name="name">the name it was sent under: its ending must agree with its bytes</param>
    public static async Task<Outcome<Document>> UploadAsync(Work work, string subject, string title, byte[] bytes, string name, Audience audience, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        if (StructureOf(whole.For(work.Actor), subject) is not { } structure) return NoRecord(subject);
        if (Permissions.Refuse(work.Actor, Permission.EditRecord, whole.SidesOf(structure), $"structures/{structure}") is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(title) || title.Length > 200)
            return Refusal.Invalid("document-title", "Give the document a title, of 200 characters at most.", "Donnez au document un titre, de 200 caractères au plus.", "title");
        if (!whole.Opens(work.Actor, audience, structure))
            return Refusal.Invalid("audience-without-you", "You could not read it yourself: choose an audience that you belong to.",
                "Vous ne pourriez pas le lire vous-même : choisissez une audience dont vous faites partie.", "audience");
        var type = DocumentTypes.Read(bytes, name);
        if (type.Refusal is { } wrong) return wrong;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (!await work.Db.Set<DocumentContent>().AnyAsync(c => c.Sha256 == hash, ct)) work.Db.Add(new DocumentContent { Sha256 = hash, Bytes = bytes });
        var document = new Document
        {
            Subject = subject, Title = title.Trim(), MediaType = type.Value.MediaType, Sha256 = hash, Size = bytes.Length, Account = work.Actor.Account, At = work.Now, Audience = audience,
        };
        work.Db.Add(document);
        work.Log("document.upload", subject, string.Create(CultureInfo.InvariantCulture, $"{type.Value.Name}, {bytes.Length} bytes"));
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return document;
    }

    public static async Task<Outcome<DocumentFile>> OpenAsync(Work work, int id, CancellationToken ct)
    {
        var found = await FindAsync(work, id, ct);
        if (found.Refusal is { } refusal) return refusal;
        var bytes = await work.Db.Set<DocumentContent>().AsNoTracking().SingleOrDefaultAsync(c => c.Sha256 == found.Value.Document.Sha256, ct);
        return bytes is null ? NoDocument : new DocumentFile(found.Value.Document, bytes.Bytes);
    }

    /// <summary>Removes a document, and its bytes where no other document has the same.</summary>
    public static async Task<Outcome<string>> RemoveAsync(Work work, int id, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var found = await FindAsync(work, id, ct);
        if (found.Refusal is { } refusal) return refusal;
        var (document, structure, whole) = found.Value;
        if (Permissions.Refuse(work.Actor, Permission.EditRecord, whole.SidesOf(structure), $"structures/{structure}") is { } closed) return closed;
        work.Db.Remove(document);
        if (!await work.Db.Documents.AnyAsync(d => d.Sha256 == document.Sha256 && d.Id != id, ct)
            && await work.Db.Set<DocumentContent>().FindAsync([document.Sha256], ct) is { } content) work.Db.Remove(content);
        work.Log("document.remove", document.Subject);
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return document.Subject;
    }

    static async Task<Outcome<(Document Document, string Structure, PortfolioRecord Whole)>> FindAsync(Work work, int id, CancellationToken ct)
    {
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        if (await work.Db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } document
            || StructureOf(whole.For(work.Actor), document.Subject) is not { } structure || !whole.Opens(work.Actor, document.Audience, structure)) return NoDocument;
        return (document, structure, whole);
    }

    static string? StructureOf(PortfolioRecord record, string subject) => subject.Split('/') switch
    {
        ["structures", var key] when record.Structures.ContainsKey(key) => key,
        ["agreements", var key] => record.FindAgreement(key)?.Structure,
        _ => null,
    };

    static Refusal NoDocument => Refusal.NotFound("unknown-document", "There is no such document here.", "Ce document n’existe pas ici.");

    static Refusal NoRecord(string subject) => Refusal.NotFound("no-such-record", $"There is no record at {subject}.", $"Il n’y a pas de fiche à l’adresse {subject}.");
}
