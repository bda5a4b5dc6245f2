using System.Globalization;
using System.Text;
using Entente.Core.Portfolio;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Portfolio.Sheets;

/// <summary>Random rows that a table of the portfolio allows: whatever its columns can hold, and its check accepts.</summary>
public static class LegalRows
{
    static readonly Gen<string> Words = Gen.Frequency(
        (4, Gen.Elements("007", "2014", "2014-05", "=1+1", "+33 (0)1", "-", "@x", "'=1", "''", "TRUE", "yes", "1e5", "null", "_x0041_", "a;b, c", "«\u202Foui\u202F»", "日本語", "😀 é\u0301",
            "line\nbreak", "line\r\nbreak", "tab\tin", "quote \" and “”", "#REF!", "<t>&amp;</t>", "\"", "sep=;", "Ω≈ç√", "مرحبا")),
        (2, ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(s => Clean(s.Get)).Where(s => s.Length > 0)));

    // What a text of the record can be: no lone half of a character, no character that a database refuses, nothing to trim.
    static string Clean(string text) => string.Concat(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Where(c => !char.IsControl(c) && c != '\uFEFF')).Trim();

    static readonly Gen<string> Keys = Gen.Elements("a", "B2", "007", "abraham-de-moivre", "x-1", "0", "TRUE", "e5");

    static readonly Gen<string> Dates =
        from year in Gen.Choose(1900, 2100)
        from month in Gen.Choose(1, 12)
        from day in Gen.Choose(1, 28)
        from precision in Gen.Choose(0, 2)
        select new PartialDate(year, precision > 0 ? month : null, precision > 1 ? day : null).ToString();

    static Gen<string> Of(PortfolioFile file, Column column) => (file.Name, column.Name) switch
    {
        ("claims", "value") => Gen.Elements("over 1,550", "12", "around 500 a year", "66 %"),
        ("claims", "wording") => Gen.Elements("", "o"),
        ("citations", "subject") => Gen.Elements("structures/majulab", "organisations/cnrs"),
        ("citations", "field") => Gen.Elements("name", "name_fr"),
        ("rules", "field") => Gen.Elements("duration", "audience"),
        ("rules", "value") => Gen.OneOf(Gen.Elements("3"), Words),
        ("rules", "unit") => Gen.Elements("years", ""),
        (_, "currency") => Gen.Elements("EUR", "GBP", "JPY"),
        _ => Of(column),
    };

    static Gen<string> Of(Column column) => column.Kind switch
    {
        ColumnKind.Text => Words,
        ColumnKind.Key or ColumnKind.Reference => Keys,
        ColumnKind.References => Keys.NonEmptyListOf().Select(keys => string.Join("; ", keys.Distinct())),
        ColumnKind.Number => Gen.Frequency((1, Gen.Choose(1, 17)), (1, Gen.Choose(1990, 2030)), (1, Gen.Choose(0, int.MaxValue))).Select(n => n.ToString(CultureInfo.InvariantCulture)),
        ColumnKind.Amount => Gen.Elements("0", "14000", "14000.50", "0.05", "999999999999999.99", "1234567.8"),
        ColumnKind.Date => Dates,
        ColumnKind.Choice => Gen.Elements([.. column.Choices]),
        ColumnKind.Country => Gen.Elements("FR", "GB", "JP", "XK"),
        ColumnKind.Ror => Gen.Elements("02feahw73", "041kmwe10", "057zh3y96"),
        ColumnKind.Url => Gen.Elements("https://example.org/a?b=1;c=%20", "http://例え.jp/"),
        ColumnKind.YesNo => Gen.Elements("yes", "no"),
        ColumnKind.Sources => Gen.Elements("S1", "S1; S2", "S0; RNSR:201420852J", "S3:page 2, note (a)"),
        ColumnKind.Audience => Gen.Elements("public", "both", "side:cnrs", "people:3,7"),
    };

    /// <summary>A row of the table. Columns that need not be filled in are empty half of the time.</summary>
    public static Gen<Row> Row(PortfolioFile file)
    {
        var cells = file.Columns.Select(c => Of(file, c).SelectMany(cell => c.Required ? Gen.Constant(cell) : Gen.Elements(cell, ""))).ToArray();
        var tries = 0;
        return Gen.CollectToArray(cells).Select(row => new Row(file, 0, file.Columns.Zip(row).ToDictionary(c => c.First.Name, c => c.Second)))
            .Where(row => RowRules.Complaints(row) is { Count: > 0 } wrong ? Again(file, ref tries, wrong[0]) : (tries = 0) == 0);
    }

    static bool Again(PortfolioFile file, ref int tries, Complaint wrong) => ++tries < 10_000 ? false
        : throw new InvalidOperationException($"No random row of {file.Name} is legal: say in LegalRows what {wrong.Field} may hold. {wrong.What.En}");
}
