using System.IO.Compression;
using Entente.Core.Portfolio.Sheets;

namespace Entente.Fuzz;

/// <summary>Spreadsheets that people hand in, as CSV, JSON and workbook, bent as bytes and, in a workbook, part by part: read or refused.</summary>
public sealed class SheetTarget : Target
{
    static readonly string[] Header = ["Name", "Start", "Budget", "Note"];

    readonly byte[] _csv, _workbook;
    readonly JsonSeed _json;

    public SheetTarget()
    {
        var sheet = Sheet.Of("Cooperations", Header, Enumerable.Range(1, 8).Select(n => (IReadOnlyList<Cell>)
            [new($"Réseau {n}"), new("2024-01-0" + n, CellKind.Date), new($"{n}.5", CellKind.Number), new(n % 2 == 0 ? "" : "a; \"b\"\nc")]));
        (_csv, _workbook) = (SheetWriting.Write(SheetFormat.Csv, sheet), SheetWriting.Write(SheetFormat.Xlsx, sheet));
        _json = new(SheetWriting.Write(SheetFormat.Json, sheet));
    }

    public override string Name => "sheet";

    public override byte[] Make(Random random) => random.Next(4) switch
    {
        0 => Bend.Bytes(_csv, random),
        1 => _json.Draw(random, _json),
        2 => Bend.Bytes(_workbook, random),
        _ => Repacked(random),
    };

    /// <summary>The workbook with one of its parts bent, packed soundly.</summary>
    byte[] Repacked(Random random)
    {
        using var from = new ZipArchive(new MemoryStream(_workbook));
        using var packed = new MemoryStream();
        using (var into = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            var which = random.Next(from.Entries.Count);
            for (var i = 0; i < from.Entries.Count; i++)
            {
                using var part = new MemoryStream();
                using (var opened = from.Entries[i].Open()) opened.CopyTo(part);
                var entry = into.CreateEntry(from.Entries[i].FullName, CompressionLevel.NoCompression);
                using var written = entry.Open();
                written.Write(i == which ? Bend.Bytes(part.ToArray(), random) : part.ToArray());
            }
        }
        return packed.ToArray();
    }

    public override int Feed(byte[] input)
    {
        var read = SheetReading.Read(input);
        Owe(read.Ok != (read.Refusal is not null), "a file is neither read nor refused");
        return 1;
    }
}
