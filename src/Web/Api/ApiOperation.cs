using Entente.Core.Kernel;

namespace Entente.Web.Api;

/// <summary>
/// What people read about an operation: a sentence in both languages and an address to try. {a} and {b} in the example stand
/// for the two sides of a pair of the portfolio, {vintage} and {receipt} for ids that are there.
/// </summary>
public sealed record ApiOperation(Said Summary, string Example);

public static class ApiRouteExtensions
{
    static readonly int[] Refusals = [400, 404, 422, 503];

    /// <summary>Names and describes an operation that answers with one thing.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, string id, Said summary, string example) =>
        route.Describe(id, summary, example).Produces<T>();

    /// <summary>Names and describes an operation that answers with a page of a list, or with the list as a table.</summary>
    public static RouteHandlerBuilder Lists<T>(this RouteHandlerBuilder route, string id, Said summary, string example) =>
        route.Describe(id, summary, example).Produces<Paged<T>>(200, "application/json", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    /// <summary>Names and describes an operation that answers with a file.</summary>
    public static RouteHandlerBuilder Downloads(this RouteHandlerBuilder route, string id, Said summary, string example, string type) =>
        route.Describe(id, summary, example).Produces<string>(200, type);

    static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string id, Said summary, string example)
    {
        foreach (var status in Refusals) route.Produces<Problem>(status, Problem.ContentType);
        return route.WithName(id).WithSummary(summary.En).WithMetadata(new ApiOperation(summary, example));
    }
}
