using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>A kind of file that may be kept: its ending, its media type, and what readers call it.</summary>
public sealed record DocumentType(string Ending, string MediaType, string Name);

/// <summary>
/// What a file is, read from its bytes: what its sender calls it proves nothing. A file whose ending says one thing and whose bytes
/// another is refused, since somebody would open it by its ending.
/// </summary>
public static class DocumentTypes
{
    public const int MaxBytes = 20 * 1024 * 1024;

    static readonly DocumentType Pdf = new(".pdf", "application/pdf", "PDF");
    static readonly DocumentType Docx = new(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word");
    static readonly DocumentType Xlsx = new(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel");
    static readonly DocumentType Png = new(".png", "image/png", "PNG");
    static readonly DocumentType Jpeg = new(".jpg", "image/jpeg", "JPEG");
    static readonly DocumentType Txt = new(".txt", "text/plain", "text");

    public static IReadOnlyList<DocumentType> All { get; } = [Pdf, Docx, Xlsx, Png, Jpeg, Txt];

    public static DocumentType Of(string mediaType) => All.Single(t => t.MediaType == mediaType);

    /// <param name="name">the name it was sent under; only its ending is looked at, and nothing of it is kept</param>
    public static Outcome<DocumentType> Read(byte[] bytes, string name)
    {
        if (bytes.Length == 0) return Refusal.Invalid("document-empty", "The file is empty. Choose another.", "Le fichier est vide. Choisissez-en un autre.", "file");
        if (bytes.Length > MaxBytes)
            return Refusal.Invalid("document-large", "The file is larger than 20 MB. Send a smaller one, such as a scan of lower resolution.",
                "Le fichier dépasse 20 Mo. Envoyez-en un plus petit, par exemple une numérisation moins fine.", "file");
        if (Detect(bytes) is not { } type)
            return Refusal.Invalid("document-type", "The file is none of these: PDF, Word (.docx), Excel (.xlsx), PNG, JPEG or plain text. Word and Excel files with macros are not kept.",
                "Le fichier n’est ni un PDF, ni un fichier Word (.docx) ou Excel (.xlsx), ni une image PNG ou JPEG, ni du texte brut. Les fichiers Word et Excel à macros ne sont pas conservés.", "file");
        var ending = EndingOf(name);
        return ending == type.Ending || ending is ".jpeg" && type == Jpeg ? type
            : Refusal.Invalid("document-disguised", $"The file’s name ends in {(ending.Length == 0 ? "nothing known" : ending)}, but it holds {type.Name}. Save it as what it is, then send it again.",
                $"Le nom du fichier se termine par {(ending.Length == 0 ? "rien de connu" : ending)}, mais son contenu est de type {type.Name}. Enregistrez-le sous son vrai type, puis renvoyez-le.", "file");
    }

    static string EndingOf(string name)
    {
        var dot = name.LastIndexOf('.');
        var ending = dot < 0 ? "" : name[dot..].ToLowerInvariant();
        return ending.Length is > 1 and <= 6 && ending.Skip(1).All(char.IsAsciiLetterOrDigit) ? ending : "";
    }

    static DocumentType? Detect(byte[] bytes)
    {
        ReadOnlySpan<byte> all = bytes;
        if (all.StartsWith("%PDF-"u8)) return all[^Math.Min(all.Length, 2048)..].IndexOf("%%EOF"u8) >= 0 ? Pdf : null;
        if (all.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (all.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (all.StartsWith("PK\x03\x04"u8)) return Office(bytes);
        return IsPlain(all) ? Txt : null;
    }

    // Entries are listed, never unpacked: nothing in the archive can grow or land anywhere.
    static DocumentType? Office(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            var names = zip.Entries.Take(10_000).Select(e => e.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (!names.Contains("[Content_Types].xml") || names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) return null;
            return names.Contains("word/document.xml") ? Docx : names.Contains("xl/workbook.xml") ? Xlsx : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Text without control characters that is no page of markup: some browser might show it as one.
    static bool IsPlain(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f') || b == 0x7F) return false;
        if (!Utf8.IsValid(bytes)) return false;
        var head = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 1024)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n', '\f');
        return !head.StartsWith('<') && !head.StartsWith("%!", StringComparison.Ordinal) && !head.Contains("<script", StringComparison.OrdinalIgnoreCase) && !head.Contains("<html", StringComparison.OrdinalIgnoreCase);
    }
}
