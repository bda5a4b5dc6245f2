using System.Text;
using Entente.Core.Kernel;
using Entente.Web.Shell;

namespace Entente.Web.Api;

public static class ListAnswers
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>A page of the list as JSON, all of it as CSV, or why not.</summary>
    /// <param name="file">the name of the table when it is saved, without extension</param>
    public static IResult Answer<T>(this Listing<T> listing, IEnumerable<T> rows, ListQuery query, Reader reader, string file) => query.Format switch
    {
        null or "" or "json" => listing.Page(rows, query).ToJson(reader),
        "csv" => listing.Select(rows, query) is var selected && selected.Refusal is { } refusal ? ApiAnswers.Problem(refusal, reader)
            : Table(selected.Value, listing.Columns, file),
        var other => ApiAnswers.Problem(Refusal.Usage("format", $"“{other}” is not a format: write json or csv.",
            $"« {other} » n’est pas un format : écrivez json ou csv.", "format"), reader),
    };

    /// <summary>The refusal, or a page of the list that came instead.</summary>
    public static IResult Answer<T>(this Listing<T> listing, Outcome<IReadOnlyList<T>> rows, ListQuery query, Reader reader, string file) =>
        rows.Refusal is { } refusal ? ApiAnswers.Problem(refusal, reader) : listing.Answer(rows.Value, query, reader, file);

    // The mark at the front makes spreadsheets read accents right.
    static IResult Table<T>(IEnumerable<T> rows, IReadOnlyList<Column<T>> columns, string file) =>
        Results.File([.. Utf8.GetPreamble(), .. Utf8.GetBytes(Csv.Write(rows, columns))], Csv.ContentType, file + ".csv");
}
