using System.Text;
using Entente.Core.Portfolio.Sheets;

namespace Entente.Fuzz;

/// <summary>
/// Spreadsheets that people hand in, as CSV, JSON and workbook: read or refused, and where a refusal cannot be the answer, no row is
/// missing. Rows are bent one by one, many to a file; a workbook also as bytes and part by part.
/// </summary>
public sealed class SheetTarget : Target
{
    const int Lines = 64;

    static readonly string[] Header = ["Name", "Start", "Budget", "Note"];

    readonly byte[] _workbook;
    readonly byte[][] _csv;
    readonly JsonSeed[] _json;
    readonly Workbook _parts;

    public SheetTarget()
    {
        var rows = Enumerable.Range(1, 8).Select(n => (IReadOnlyList<Cell>)
            [new($"Réseau {n}"), new("2024-01-0" + n, CellKind.Date), new($"{n}.5", CellKind.Number), new(n % 2 == 0 ? "" : "a; \"b\"\nc")]).ToList();
        var sheet = Sheet.Of("Cooperations", Header, rows);
        _workbook = SheetWriting.Write(SheetFormat.Xlsx, sheet);
        _parts = new(_workbook);
        // Each row alone under its header, without what comes before: a file of many is put together from them.
        _csv = [Text(), .. rows.Select(row => Text(row)[Text().Length..])];
        _json = [.. rows.Select(row => new JsonSeed(SheetWriting.Write(SheetFormat.Json, Sheet.Of("One", Header, [row])).AsSpan().Trim("[] \n"u8).ToArray()))];

        byte[] Text(params IReadOnlyList<Cell>[] one) => SheetWriting.Write(SheetFormat.Csv, Sheet.Of("One", Header, one));
    }

    public override string Name => "sheet";

    public override byte[] Make(Random random)
    {
        Bent = 0;
        switch (random.Next(16))
        {
            case < 7: return Csv(random);
            case < 13: return Json(random);
            case < 14: Bent = 1; return Bend.Bytes(_workbook, random);
            case < 15: Bent = 1; return _parts.WithPartBent(random);
            default: Bent = Lines; return _parts.WithRows(random, Lines);
        }
    }

    byte[] Csv(Random random)
    {
        var text = new List<byte>(random.Next(20) == 0 ? Bend.Bytes(_csv[0], random) : _csv[0]);
        for (var i = 0; i < Lines; i++)
        {
            var row = _csv[random.Next(1, _csv.Length)];
            text.AddRange(Counted(row, random.Next(8) == 0 ? row : random.Next(Lines) == 0 ? Bend.Bytes(row, random) : Closed(row, random)));
        }
        return [.. text];
    }

    // A byte that no text has, or a quote that never closes, has the whole file refused: most are bent so that the rest is read.
    static byte[] Closed(byte[] row, Random random)
    {
        for (var times = 0; times < 8; times++)
            if (Bend.Bytes(row, random) is var bent && System.Text.Unicode.Utf8.IsValid(bent) && bent.AsSpan().IndexOf((byte)0) < 0 && bent.AsSpan().Count((byte)'"') % 2 == 0) return bent;
        return row;
    }

    // One row that is no JSON ends the file: most are bent so that they stay JSON.
    byte[] Json(Random random)
    {
        var text = new List<byte>("["u8.ToArray());
        for (var i = 0; i < Lines; i++)
        {
            var row = _json[random.Next(_json.Length)];
            if (i > 0) text.Add((byte)',');
            text.AddRange(Counted(row.Text, random.Next(Lines) == 0 ? row.Draw(random, _json[random.Next(_json.Length)]) : Plainly(row, random)));
        }
        text.Add((byte)']');
        return [.. text];
    }

    /// <summary>A value replaced by one that a cell may have: whatever else a row holds, the next is read too.</summary>
    static byte[] Plainly(JsonSeed row, Random random)
    {
        var text = Encoding.UTF8.GetString(row.Text);
        var colons = text.AsSpan().Count(':');
        var at = -1;
        for (var nth = random.Next(Math.Max(1, colons)); nth >= 0 && text.IndexOf("\": ", at + 1, StringComparison.Ordinal) is >= 0 and var next; nth--) at = next;
        var end = at < 0 ? -1 : text.IndexOf('\n', at);
        return at < 0 || end < 0 ? row.Text : Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, at + 3), Values.Of(random), text.AsSpan(text[end - 1] == ',' ? end - 1 : end)));
    }

    byte[] Counted(byte[] sound, byte[] drawn)
    {
        if (!drawn.AsSpan().SequenceEqual(sound)) Bent++;
        return drawn;
    }

    public override int Feed(byte[] input)
    {
        var read = SheetReading.Read(input);
        Owe(read.Ok != (read.Refusal is not null), "a file is neither read nor refused");
        if (!read.Ok) return 1;
        var rows = read.Value.Sheets.Sum(sheet => sheet.Rows.Count);
        if (read.Value.Format == SheetFormat.Csv && input.AsSpan().StartsWith(_csv[0]) && input.AsSpan().IndexOfAny("\"\r\0"u8) < 0)
            Owe(rows >= Filled(input), "a line with something in it is dropped");
        // What is empty is no row; what was bent into nothing was read all the same.
        return Math.Max(rows, Bent);
    }

    static int Filled(byte[] input)
    {
        var lines = 0;
        foreach (var range in input.AsSpan().Split((byte)'\n'))
            if (input.AsSpan()[range].IndexOfAnyInRange((byte)'0', (byte)'9') >= 0) lines++;
        return lines;
    }
}

/// <summary>What a cell of JSON may hold, ordinary or not.</summary>
static class Values
{
    static readonly string[] Known =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e308", "1e999", "99999999999999999999", "0.1e-400", "\"\"", "\" \"", "\"=1+1\"", "\"'=1\"", "\"@x\"", "\"2024-02-30\"", "\"2024-01\"", "\"\\u0000\"",
        "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "\"\\u2028\"", "\"\\ufffe\"", "\"a\\r\\nb\"", "\"\\u202e\"", "\"1,5 M€\"", "\"£1.2m\"", "\"01/02/2024\"", "\"02feahw73\"", "\"https://ror.org/02feahw73\"",
    ];

    public static string Of(Random random) => random.Next(6) switch
    {
        0 => random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        1 => $"\"{new string((char)random.Next(0x3000, 0x3100), random.Next(1, 40))}\"",
        _ => Known[random.Next(Known.Length)],
    };
}
