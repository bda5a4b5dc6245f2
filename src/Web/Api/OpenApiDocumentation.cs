using Entente.Core.Kernel;
using Microsoft.OpenApi;

namespace Entente.Web.Api;

/// <summary>The OpenAPI document of /api/v1, built from its routes at run time and kept in docs/api/openapi.json by a test.</summary>
static class OpenApiDocumentation
{
    public const string Address = "/api/v1/openapi.json";

    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        // The schemas follow these options; answers are written by ApiAnswers.Json, which differs in the sentences only.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict);
        return services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = api => api.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any();
            options.AddDocumentTransformer((document, _, _) => { Head(document); return Task.CompletedTask; });
            options.AddOperationTransformer((operation, context, _) => { Describe(operation, context.Description.RelativePath!); return Task.CompletedTask; });
        });
    }

    static void Head(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Entente",
            Version = "1",
            Description = "The record of research partnerships and the evidence about them. Read-only. Every figure can carry a receipt that recomputes. "
                + "Unknown values are null, never left out. Refusals are application/problem+json (RFC 9457) with a stable code and a sentence in the reader's language.",
            License = new OpenApiLicense { Name = "Apache-2.0", Url = new Uri("https://www.apache.org/licenses/LICENSE-2.0") },
        };
        // What people read comes in one language.
        document.Components!.Schemas![nameof(Said)] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A sentence in the reader's language." };
        // The document is the same wherever it is served.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = new HashSet<OpenApiTag>(document.Paths.Keys.Select(path => path.Split('/')[3]).Distinct().Select(noun => new OpenApiTag { Name = noun }));
    }

    static void Describe(OpenApiOperation operation, string path)
    {
        // Grouped by noun: api/v1/NOUN/...
        operation.Tags = new HashSet<OpenApiTagReference> { new(path.Split('/')[2]) };
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            parameter.Description = ApiParameters.All.GetValueOrDefault(parameter.Name).En;
        }
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is OpenApiResponse said) said.Description = Meaning(status);
            foreach (var (type, body) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
                if (type is "text/csv" or "text/plain") body.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
                else if (type.EndsWith(".sheet", StringComparison.Ordinal)) body.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        }
    }

    static string Meaning(string status) => status switch
    {
        "200" => "The answer.",
        "400" => "The question is malformed; detail says how to put it.",
        "404" => "There is nothing under this key or id.",
        "422" => "The question is well formed, but it cannot be answered: an unknown organisation, a count that is refused, evidence that is missing.",
        "503" => "A broken world: a corrupt segment, a full disk.",
        _ => "Refused.",
    };
}
