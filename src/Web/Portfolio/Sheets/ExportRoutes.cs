using System.Text.Json.Nodes;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Sheets;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Portfolio.Sheets;

/// <summary>Tables of the record as files that import back, and the whole record as one file. What is in them is what the reader may know.</summary>
public static class ExportRoutes
{
    /// <summary>The whole record under the name of a table.</summary>
    const string Whole = "record";

    public static void MapExport(this IEndpointRouteBuilder app)
    {
        app.MapGet("/export", () => Answers.Page<ExportPage>(new { }));
        app.MapGet("/export/{file}", async (Work work, HttpRequest request, Reader reader, string file, CancellationToken ct) =>
        {
            var (found, refusal) = await FileAsync(work, file, ct);
            return refusal is null ? found!
                : Answers.WantsJson(request) ? ApiAnswers.Problem(refusal, reader) : Answers.RefusalPage(refusal);
        });
    }

    static async Task<(IResult? File, Refusal? Refusal)> FileAsync(Work work, string file, CancellationToken ct)
    {
        var (name, extension) = (Path.GetFileNameWithoutExtension(file), Path.GetExtension(file).TrimStart('.'));
        if (name == Whole && extension is "xlsx" or "zip" or "json") return (Everything(extension, await Exporting.AllAsync(work, ct)), null);
        if (SheetWriting.Parse(extension) is not { } format)
            return (null, Refusal.NotFound("export-format", "A table is exported as .xlsx, .csv or .json, and the whole record as .xlsx, .zip or .json. The list is at /export.",
                "Une table s’exporte en .xlsx, .csv ou .json, et le registre entier en .xlsx, .zip ou .json. La liste est sur /export."));
        var table = await Exporting.TableAsync(work, name, ct);
        return table.Ok ? (ListAnswers.File(format, $"entente-{name}", table.Value), null) : (null, table.Refusal);
    }

    // The CSV files together are a portfolio folder, as serve takes it.
    static IResult Everything(string extension, IReadOnlyList<Sheet> sheets) => extension switch
    {
        "xlsx" => ListAnswers.File(SheetFormat.Xlsx, "entente-record", [.. sheets]),
        "zip" => Results.File(Packing.Zip(sheets.Select(s => ($"{s.Name}.csv", SheetWriting.Write(SheetFormat.Csv, Exporting.WithoutNumbers(s))))), "application/zip", "entente-record.zip"),
        _ => Results.Json(new JsonObject(sheets.Select(s => KeyValuePair.Create(s.Name, JsonNode.Parse(SheetWriting.Write(SheetFormat.Json, s)))))),
    };
}
