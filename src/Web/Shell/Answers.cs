using Entente.Core.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Entente.Web.Shell;

/// <summary>How an outcome leaves the house: a page, JSON, or a reason in the form that was asked for.</summary>
public static class Answers
{
    public static IResult Page<TPage>(object parameters, int status = 200) where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters) { StatusCode = status };

    public static IResult Page<TPage>() where TPage : IComponent => new RazorComponentResult<TPage>();

    /// <summary>The page of the value, or the page of the refusal.</summary>
    public static IResult ToPage<T, TPage>(this Outcome<T> outcome, Func<T, object> parameters) where TPage : IComponent =>
        outcome.Refusal is { } refusal ? RefusalPage(refusal) : Page<TPage>(parameters(outcome.Value));

    /// <summary>See Other: what was posted is done, and this is the page to read.</summary>
    public static IResult Go(string address) => new SeeOther(address);

    sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }

    public static IResult RefusalPage(Refusal refusal) =>
        Page<RefusedPage>(new { Status = Status(refusal.Kind), refusal.Message, refusal.Code }, Status(refusal.Kind));

    public static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => 422,
        RefusalKind.Usage => 400,
        RefusalKind.Forbidden => 403,
        RefusalKind.NotFound => 404,
        RefusalKind.Conflict => 409,
        RefusalKind.TooMany => 429,
    };

    /// <summary>What happened, in a few words, for a status.</summary>
    public static Said Title(int status) => status switch
    {
        400 => new("The question is malformed", "La question est mal formée"),
        403 => new("This is not open to you", "Cet accès ne vous est pas ouvert"),
        404 => new("There is no such page", "Cette page n’existe pas"),
        405 => new("This cannot be done here", "Cette action n’est pas possible ici"),
        409 => new("Something else is in the way", "Une autre opération l’empêche"),
        422 => new("It cannot be answered", "Il n’y a pas de réponse possible"),
        429 => new("Too many attempts", "Trop d’essais"),
        503 => new("The record cannot be read", "Le registre ne peut pas être lu"),
        _ => new("Something went wrong on our side", "Une erreur s’est produite de notre côté"),
    };

    /// <summary>True where the caller wants data: the API, or a client that asks for JSON and not for a page.</summary>
    public static bool WantsJson(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") || request.Headers.Accept.ToString() is var accept
        && accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
