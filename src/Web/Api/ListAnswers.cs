using Entente.Core.Kernel;
using Entente.Core.Portfolio.Sheets;
using Entente.Web.Shell;

namespace Entente.Web.Api;

public static class ListAnswers
{
    /// <summary>A page of the list as JSON, all of it as CSV or as a workbook, or why not.</summary>
    /// <param name="file">the name of the table when it is saved, without extension</param>
    public static IResult Answer<T>(this Listing<T> listing, IEnumerable<T> rows, ListQuery query, Reader reader, string file) => query.Format switch
    {
        null or "" or "json" => listing.Page(rows, query).ToJson(reader),
        "csv" or "xlsx" => listing.Select(rows, query) is var selected && selected.Refusal is { } refusal ? ApiAnswers.Problem(refusal, reader)
            : File(SheetWriting.Parse(query.Format)!.Value, file, Csv.Sheet(file, selected.Value, listing.Columns)),
        var other => ApiAnswers.Problem(Refusal.Usage("format", $"“{other}” is not a format: write json, csv or xlsx.",
            $"«\u202F{other}\u202F» n’est pas un format\u202F: écrivez json, csv ou xlsx.", "format"), reader),
    };

    /// <summary>The refusal, or a page of the list that came instead.</summary>
    public static IResult Answer<T>(this Listing<T> listing, Outcome<IReadOnlyList<T>> rows, ListQuery query, Reader reader, string file) =>
        rows.Refusal is { } refusal ? ApiAnswers.Problem(refusal, reader) : listing.Answer(rows.Value, query, reader, file);

    /// <summary>Sheets as a file to save. The name is the program's own: names of people or files stand in no header.</summary>
    public static IResult File(SheetFormat format, string name, params IReadOnlyList<Sheet> sheets) =>
        Results.File(SheetWriting.Write(format, sheets), SheetWriting.ContentType(format), $"{name}.{SheetWriting.Extension(format)}");
}
