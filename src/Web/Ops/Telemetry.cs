using System.Diagnostics;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Entente.Web.Ops;

/// <summary>
/// Traces and metrics for any OpenTelemetry collector, where OTEL_EXPORTER_OTLP_ENDPOINT names one; otherwise nothing is made. A span
/// says the pattern of the route, never the address: keys, questions and links that open an account stand there.
/// </summary>
sealed class Telemetry : IDisposable
{
    static readonly ActivitySource Source = new("Entente");

    readonly TracerProvider _traces;
    readonly MeterProvider _metrics;

    Telemetry()
    {
        var version = typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var resource = ResourceBuilder.CreateDefault().AddService("entente", serviceVersion: version).AddEnvironmentVariableDetector();
        // What the exporters are told stands in the environment, under the names that OpenTelemetry gives.
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Source.Name, "Npgsql").AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql").AddOtlpExporter().Build();
    }

    /// <summary>Ends, and sends what waits, when the host does.</summary>
    public static void Start(WebApplication app)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))) return;
        var telemetry = new Telemetry();
        app.Lifetime.ApplicationStopped.Register(telemetry.Dispose);
        app.Use(SpanAsync);
    }

    static async Task SpanAsync(HttpContext context, RequestDelegate next)
    {
        // The caller's trace goes on; what the framework began beside it is not exported, so it is no parent.
        ActivityContext.TryParse(context.Request.Headers.TraceParent, context.Request.Headers.TraceState, isRemote: true, out var parent);
        var around = Activity.Current;
        Activity.Current = null;
        using var span = Source.StartActivity(context.Request.Method, ActivityKind.Server, parent);
        await next(context);
        if (span is not null) Describe(span, context);
        span?.Stop();
        Activity.Current = around;
    }

    static void Describe(Activity span, HttpContext context)
    {
        var route = RequestLog.RouteOf(context);
        span.DisplayName = $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route).SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= 500) span.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
