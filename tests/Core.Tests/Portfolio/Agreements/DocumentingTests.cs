using System.IO.Compression;
using System.Text;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Agreements;

public sealed class DocumentingTests
{
    internal static byte[] Pdf(string text = "hello") => Encoding.ASCII.GetBytes($"%PDF-1.7\n% {text}\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n");

    static byte[] Zip(params string[] names)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names) zip.CreateEntry(name);
        return stream.ToArray();
    }

    public static TheoryData<byte[], string, string> Files => new()
    {
        { Pdf(), "agreement.pdf", "application/pdf" },
        { Pdf(), "../../etc/Agreement.PDF", "application/pdf" },
        { Zip("[Content_Types].xml", "word/document.xml"), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { Zip("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "scan.png", "image/png" },
        { [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], "scan.jpeg", "image/jpeg" },
        { Encoding.UTF8.GetBytes("Procès-verbal\r\n"), "minutes.txt", "text/plain" },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_file_is_what_its_bytes_say(byte[] bytes, string name, string type) => Assert.Equal(type, DocumentTypes.Read(bytes, name).Value.MediaType);

    public static TheoryData<byte[], string, string> Attacks => new()
    {
        { Encoding.UTF8.GetBytes("<!doctype html><script>alert(1)</script>"), "agreement.pdf", "document-type" },
        { Encoding.UTF8.GetBytes("Dear all <SCRIPT src=x>"), "a.txt", "document-type" },
        { Encoding.UTF8.GetBytes("just words"), "agreement.pdf", "document-disguised" },
        { Encoding.UTF8.GetBytes("%PDF-1.7\n<html>"), "agreement.pdf", "document-type" },
        { Encoding.UTF8.GetBytes("﻿  <svg onload=alert(1)>"), "a.txt", "document-type" },
        { Pdf(), "agreement.exe", "document-disguised" },
        { Pdf(), "agreement", "document-disguised" },
        { Pdf(), "agreement.pdf\0.html", "document-disguised" },
        { Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", "document-type" },
        { Zip("../../evil", "a"), "a.docx", "document-type" },
        { Zip("[Content_Types].xml", "word/document.xml")[..40], "a.docx", "document-type" },
        { [0x4D, 0x5A, 0x90, 0], "a.png", "document-type" },
        { Encoding.Latin1.GetBytes("Proc\u00e8s"), "a.txt", "document-type" },
        { [], "a.pdf", "document-empty" },
    };

    [Theory, MemberData(nameof(Attacks))]
    public void A_file_that_pretends_is_refused(byte[] bytes, string name, string code) => Assert.Equal(code, DocumentTypes.Read(bytes, name).Refusal?.Code);

    [Fact]
    public void A_file_is_twenty_megabytes_at_most()
    {
        Assert.True(DocumentTypes.Read([.. Pdf()[..^6], .. new byte[DocumentTypes.MaxBytes - Pdf().Length], .. Pdf()[^6..]], "a.pdf").Ok);
        Assert.Equal("document-large", DocumentTypes.Read(new byte[DocumentTypes.MaxBytes + 1], "a.pdf").Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_document_is_given_to_its_audience_and_to_nobody_else(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        const string Subject = "structures/abraham-de-moivre";
        var shared = await Documenting.UploadAsync(offices.Cnrs, Subject, "Annexe n° 1 / ../secrets", Pdf(), "C:\\x\\..\\annex.pdf", Audience.Both, default);
        Assert.True(shared.Ok, shared.Refusal?.Message.En);
        var own = (await Documenting.UploadAsync(offices.Cnrs, Subject, "Note", Pdf(), "a.pdf", Audience.Side("cnrs"), default)).Value;
        var file = (await Documenting.OpenAsync(offices.Imperial, shared.Value.Id, default)).Value;
        Assert.Equal(Pdf(), file.Bytes);
        Assert.Equal("annexe-n-1-secrets.pdf", file.Name);
        Assert.Equal("unknown-document", (await Documenting.OpenAsync(offices.Imperial, own.Id, default)).Refusal?.Code);
        Assert.Equal("unknown-document", (await Documenting.OpenAsync(offices.Anyone, shared.Value.Id, default)).Refusal?.Code);
        Assert.Equal("unknown-document", (await Documenting.RemoveAsync(offices.Imperial, own.Id, default)).Refusal?.Code);
        Assert.Equal(["Annexe n° 1 / ../secrets"], (await Documenting.OfAsync(offices.Imperial, Subject, default)).Select(d => d.Title));
        Assert.Empty(await Documenting.OfAsync(offices.Anyone, Subject, default));
        Assert.Equal("audience-without-you", (await Documenting.UploadAsync(offices.Cnrs, Subject, "x", Pdf(), "a.pdf", Audience.Side("imperial"), default)).Refusal?.Code);
        Assert.Equal("not-permitted", (await Documenting.UploadAsync(offices.Stranger, Subject, "x", Pdf(), "a.pdf", Audience.Public, default)).Refusal?.Code);
        offices.Db.ChangeTracker.Clear();

        // The same bytes are kept once, and until the last document that shows them is gone.
        Assert.Equal(1, await offices.Db.Set<DocumentContent>().CountAsync());
        Assert.True((await Documenting.RemoveAsync(offices.Imperial, shared.Value.Id, default)).Ok);
        Assert.Equal(1, await offices.Db.Set<DocumentContent>().CountAsync());
        offices.Db.ChangeTracker.Clear();
        Assert.True((await Documenting.RemoveAsync(offices.Cnrs, own.Id, default)).Ok);
        Assert.Equal(0, await offices.Db.Set<DocumentContent>().CountAsync());
        var told = await offices.Db.Journal.Where(j => j.Verb.StartsWith("document")).OrderBy(j => j.Id).ToListAsync();
        Assert.Equal(4, told.Count);
        Assert.DoesNotContain(told, line => line.Detail?.Contains("Annexe", StringComparison.Ordinal) == true);
    }
}
