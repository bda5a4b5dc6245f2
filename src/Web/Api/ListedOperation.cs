using Entente.Core.Claims;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Evidence;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Entente.Web.Api;

/// <summary>An operation as the API page lists it, with an address that works on this installation; Missing says what it lacks where none does.</summary>
public sealed record ListedOperation(string Noun, string Path, Said Says, IReadOnlyList<string> Parameters, string Example, Said? Missing)
{
    /// <summary>All operations, in the order of their addresses. The examples name what is here: a pair of the portfolio, a vintage, a receipt.</summary>
    public static async Task<IReadOnlyList<ListedOperation>> AllAsync(IApiDescriptionGroupCollectionProvider explorer, Work work, CancellationToken ct)
    {
        var words = await WordsAsync(work, ct);
        var listed = from api in explorer.ApiDescriptionGroups.Items.SelectMany(part => part.Items)
                     let operation = api.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().FirstOrDefault()
                     where operation is not null
                     let path = "/" + api.RelativePath
                     orderby path.Split('/')[3], path
                     select Listed(path, operation, [.. api.ParameterDescriptions.Select(p => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name))], words);
        return [.. listed];
    }

    static ListedOperation Listed(string path, ApiOperation operation, IReadOnlyList<string> parameters, IReadOnlyDictionary<string, (string? Word, Said Missing)> words)
    {
        var example = operation.Example;
        Said? missing = null;
        foreach (var (name, (word, why)) in words)
            if (example.Contains($"{{{name}}}", StringComparison.Ordinal))
            {
                missing ??= word is null ? why : null;
                example = example.Replace($"{{{name}}}", word ?? name.ToUpperInvariant(), StringComparison.Ordinal);
            }
        return new(path.Split('/')[3], path, operation.Summary, parameters, example, missing);
    }

    static async Task<IReadOnlyDictionary<string, (string?, Said)>> WordsAsync(Work work, CancellationToken ct)
    {
        var record = PortfolioRecord.Of(work);
        var pair = PartnershipRow.All(record) is [var first, ..] ? first : null;
        var vintage = Vintages.List(work.Folder) is [var newest, ..] ? newest.Id : null;
        var receipt = new DirectoryInfo(work.Folder.Receipts).EnumerateFiles("*.json").Select(f => System.IO.Path.GetFileNameWithoutExtension(f.Name)).Order(StringComparer.Ordinal).FirstOrDefault();
        var releases = PerimeterRoutes.Releases(work.Folder);
        var noPair = new Said("The portfolio is empty: name what you know.", "Le portefeuille est vide : nommez ce que vous connaissez.");
        var noRelease = new Said("Works once two ROR releases are imported.", "Marche dès que deux versions de ROR sont importées.");
        return new Dictionary<string, (string?, Said)>
        {
            ["a"] = (pair?.A, noPair),
            ["b"] = (pair?.B, noPair),
            ["structure"] = (record.Structures.Keys.Order(StringComparer.Ordinal).FirstOrDefault(), noPair),
            ["source"] = (record.Sources.Keys.Order(StringComparer.Ordinal).FirstOrDefault(), noPair),
            ["claim"] = ((await ClaimsQueries.OpenAsync(work, record, ct)) is [var claim, ..] ? claim.Key : null, noPair),
            ["vintage"] = (vintage, new("Works once a vintage is imported.", "Marche dès qu’un millésime est importé.")),
            ["receipt"] = (receipt, new("Works once a receipt is kept: ask for a figure with receipt=1.", "Marche dès qu’un reçu est gardé : demandez un chiffre avec receipt=1.")),
            ["from"] = (releases.Count > 1 ? releases[^2] : null, noRelease),
            ["to"] = (releases.Count > 1 ? releases[^1] : null, noRelease),
        };
    }
}
