using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;

namespace Entente.Web.Shell;

/// <summary>What holds for every answer: security headers, how long it may be kept, and a readable reason when it fails.</summary>
public static class Guards
{
    const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseGuards(this WebApplication app)
    {
        app.Use(AnswerHead);
        app.Use(Headers);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = ShowFailure,
            StatusCodeSelector = error => error is BrokenWorldException ? 503 : 500,
            SuppressDiagnosticsCallback = context => context.Exception is BrokenWorldException,
        });
        app.UseStatusCodePages(context => Show(context.HttpContext, context.HttpContext.Response.StatusCode, null));
    }

    // A HEAD is a GET whose body the server keeps to itself.
    static Task AnswerHead(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsHead(context.Request.Method)) context.Request.Method = HttpMethods.Get;
        return next(context);
    }

    static Task Headers(HttpContext context, RequestDelegate next)
    {
        KeepChoices(context);
        // At the last moment: what a failure cleared is set again.
        context.Response.OnStarting(() =>
        {
            SetSecurity(context);
            SetCaching(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    static void SetSecurity(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Everything under /api is public and read-only, so a page of anyone may read it.
        if (context.Request.Path.StartsWithSegments("/api")) headers.AccessControlAllowOrigin = "*";
        if (context.Response.StatusCode == StatusCodes.Status429TooManyRequests) headers.RetryAfter = "900";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }

    // A choice made in the address is remembered, so that the next link need not carry it.
    static void KeepChoices(HttpContext context)
    {
        foreach (var name in (string[])[Reader.LangName, Reader.ThemeName])
        {
            var asked = context.Request.Query[name].ToString();
            if (asked is "en" or "fr" or "light" or "dark")
                context.Response.Cookies.Append(name, asked, new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Path = "/" });
            else if (asked is "auto")
                context.Response.Cookies.Delete(name);
        }
    }

    static void SetCaching(HttpContext context)
    {
        var headers = context.Response.Headers;
        // What one reader may see, no cache keeps for another; nor for whoever takes the seat after signing out.
        if (Accounts.SessionTickets.HasCookie(context.Request) && !headers.CacheControl.ToString().StartsWith("public", StringComparison.Ordinal))
            headers.CacheControl = "private, no-store";
        if (headers.CacheControl.Count > 0) return;
        if (context.Response.StatusCode is not (200 or 304)) headers.CacheControl = "no-store";
        else if (!Freshness.Lasts(context.Request)) headers.CacheControl = "no-cache";
        else if (headers.SetCookie.Count > 0) headers.CacheControl = "private, no-cache";
        else headers.CacheControl = "public, max-age=60";
        headers.Append("Vary", "Cookie, Accept-Language, Accept");
    }

    static Task ShowFailure(HttpContext context)
    {
        var broken = context.Features.Get<IExceptionHandlerFeature>()?.Error as BrokenWorldException;
        // Pages do not say where files lie; the operator's log does.
        if (broken is not null) context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Entente").LogError("{Reason}", broken.Message);
        var plain = Evidence.VintageRoutes.Plain(context.RequestServices.GetRequiredService<DataFolder>());
        return Show(context, context.Response.StatusCode, broken is null ? null : plain(broken.Said));
    }

    static Task Show(HttpContext context, int status, Said? message)
    {
        var reader = Reader.Of(context.Request);
        var said = message ?? Explanation(status);
        var result = Answers.WantsJson(context.Request)
            ? Api.ApiAnswers.Problem(status, Answers.Title(status), said, Code(status), null, reader)
            : Answers.Page<RefusedPage>(new { Status = status, Message = said, Code = (string?)null }, status);
        return result.ExecuteAsync(context);
    }

    /// <summary>Answers with the reason, as a page or as JSON, whichever was asked for.</summary>
    public static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        // Whoever may come in is shown the door, and led back.
        if (refusal.Code == "sign-in" && HttpMethods.IsGet(context.Request.Method) && !Answers.WantsJson(context.Request))
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect(Accounts.Returns.SignIn(context.Request.GetEncodedPathAndQuery()));
            return Task.CompletedTask;
        }
        var status = Answers.Status(refusal.Kind);
        var result = Answers.WantsJson(context.Request)
            ? Api.ApiAnswers.Problem(status, Answers.Title(status), refusal.Message, refusal.Code, refusal.Field, Reader.Of(context.Request))
            : Answers.RefusalPage(refusal);
        return result.ExecuteAsync(context);
    }

    static string Code(int status) => status switch
    {
        400 => "parameter",
        404 => "no-such-address",
        405 => "method",
        503 => "broken-world",
        _ => "failure",
    };

    static Said Explanation(int status) => status switch
    {
        400 => new("A parameter of the address cannot be read: page, size and year are whole numbers, from and to may not be missing.",
            "Un paramètre de l’adresse est illisible\u202f: page, size et year sont des nombres entiers, from et to ne peuvent manquer."),
        404 => new("Nothing is kept at this address. It may be mistyped, or belong to another installation.",
            "Rien ne se trouve à cette adresse. Elle est peut-être mal saisie, ou vient d’une autre installation."),
        405 => new("This address can only be read.", "Cette adresse ne peut être que lue."),
        _ => new("The request was not answered. Nothing was changed. The reason is in the program’s log.",
            "La demande n’a pas reçu de réponse. Rien n’a été modifié. La raison est dans le journal du programme."),
    };
}
