using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>Files of another kind, recognised so that a refusal can say what they seem to be and which verb reads them.</summary>
static class ForeignFiles
{
    /// <summary>The refusal, by path, of a text that begins like no file of works; null where it may be one.</summary>
    public static Func<string, Refusal>? Guess(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PK\u0003\u0004"u8))
            return path => Seems(path, new("a zip archive", "une archive zip"), new("Unpack it; or, if it is a dump of ROR, read it with", "Décompressez-la\u202F; ou, si c’est une archive de ROR, lisez-la avec"), VintageKind.Ror);
        if (start.StartsWith("PAR1"u8))
            return path => Seems(path, new("a Parquet file", "un fichier Parquet"),
                new("Works are read as JSON Lines: take the snapshot’s jsonl folder.", "Les publications se lisent en JSON Lines\u202F: prenez le dossier jsonl de l’instantané."), null);
        var end = start.IndexOf((byte)'\n');
        var header = Encoding.UTF8.GetString(start[..Math.Min(end < 0 ? start.Length : end, 4096)]);
        if (header.TrimStart() is ['{' or '[', ..] || end == 0) return null;
        if (header.Contains("projectID", StringComparison.Ordinal) || header.Contains("frameworkProgramme", StringComparison.Ordinal))
            return path => Seems(path, new("a table of CORDIS", "une table de CORDIS"), new("Read it with", "Lisez-la avec"), VintageKind.Cordis);
        if (header.Contains("numero_national_de_structure", StringComparison.Ordinal))
            return path => Seems(path, new("the RNSR register", "le répertoire RNSR"), new("Read it with", "Lisez-le avec"), VintageKind.Rnsr);
        return null;
    }

    /// <summary>The refusal of records none of which is a work, by the id of the first.</summary>
    public static Refusal? OfId(string id)
    {
        if (RorId.Parse(id) is not null && id.Contains("ror", StringComparison.OrdinalIgnoreCase))
            return Seems(null, new("organisations of ROR", "des organisations de ROR"), new("Read them with", "Lisez-les avec"), VintageKind.Ror);
        Said? entity = id[(id.LastIndexOf('/') + 1)..] switch
        {
            ['I', >= '0' and <= '9', ..] => new("institutions of OpenAlex", "des institutions d’OpenAlex"),
            ['A', >= '0' and <= '9', ..] => new("authors of OpenAlex", "des auteurs d’OpenAlex"),
            ['S' or 'P' or 'F' or 'T' or 'C' or 'K' or 'G', >= '0' and <= '9', ..] => new("another entity of OpenAlex", "une autre entité d’OpenAlex"),
            _ => null,
        };
        return entity is { } what
            ? Seems(null, what, new("Works are needed: ids such as W2741809807.", "Il faut des publications\u202F: des identifiants tels que W2741809807."), null)
            : null;
    }

    static Refusal Seems(string? path, Said what, Said advice, VintageKind? kind)
    {
        var (en, fr) = kind is { } known ? (Line(known, path ?? "PATH"), Line(known, path ?? "CHEMIN")) : ("", "");
        return Refusal.Invalid("wrong-kind",
            $"{path ?? "The input"} holds no works: it seems to be {what.En}. Nothing was imported. {advice.En}{en}",
            $"{path ?? "L’entrée"} ne contient pas de publications\u202F: il semble que ce soit {what.Fr}. Rien n’a été importé. {advice.Fr}{fr}");
    }

    static string Line(VintageKind kind, string path) => $" entente import {VintageId.Word(kind)} {path}{VintageId.Option(kind)}";
}
