using System.Diagnostics;

namespace Entente.Web.Ops;

/// <summary>
/// One line a request, with the pattern of the route instead of the address: keys, questions and links that open an account
/// stand in addresses. Neither who asked nor from where.
/// </summary>
static partial class RequestLog
{
    public static void UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Entente.Requests");
        if (!log.IsEnabled(LogLevel.Information)) return;
        app.Use(async (context, next) =>
        {
            var began = Stopwatch.GetTimestamp();
            await next(context);
            var milliseconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 2);
            Answered(log, context.Request.Method, RouteOf(context), context.Response.StatusCode, milliseconds);
        });
    }

    /// <summary>The pattern, such as /structures/{key}; what matches none is called so.</summary>
    public static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    [LoggerMessage(1, LogLevel.Information, "{Method} {Route} answered {Status} in {Milliseconds} ms")]
    private static partial void Answered(ILogger log, string method, string route, int status, double milliseconds);

    /// <summary>Structured lines on standard output: one JSON object each.</summary>
    public static void AddJsonLines(this ILoggingBuilder logging) => logging.ClearProviders()
        .AddFilter("Entente", LogLevel.Information)
        .AddJsonConsole(json => (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (false, true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
}
