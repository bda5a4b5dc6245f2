using System.Collections.Concurrent;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Entente.Web.Tests.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Web.Tests.Ops;

/// <summary>The real process: what it logs and what it tells a collector, and what it keeps to itself.</summary>
public sealed class ServedTests : IDisposable
{
    const string Secret = "s3cret-in-an-address";

    readonly string _data = Directory.CreateTempSubdirectory("entente-served-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    /// <summary>Serves until the work is done, then is asked to stop; answers standard output and standard error.</summary>
    async Task<(string Out, string Error)> ServeAsync(IEnumerable<(string, string)> environment, Func<HttpClient, Task> work, params string[] more)
    {
        using var process = EntenteProcess.Start(environment, ["serve", "--urls", "http://127.0.0.1:0", "--data", _data, "--portfolio", "none", .. more]);
        var (output, error, address) = (new StringBuilder(), new StringBuilder(), new TaskCompletionSource<Uri>());
        process.OutputDataReceived += (_, e) => Take(output, e.Data);
        process.ErrorDataReceived += (_, e) => Take(error, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = await address.Task.WaitAsync(TimeSpan.FromMinutes(2)) };
        await work(client);
        Assert.Equal(0, Kill(process.Id, 15));
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return ($"{output}", $"{error}");

        void Take(StringBuilder lines, string? line)
        {
            lock (lines) lines.AppendLine(line);
            if (line?.Split(' ').FirstOrDefault(word => word.StartsWith("http://127.0.0.1:", StringComparison.Ordinal)) is { } url) address.TrySetResult(new(url));
        }
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);

    static async Task AskAsync(HttpClient client)
    {
        foreach (var path in (string[])["/", $"/structures/{Secret}", $"/search?q={Secret}", $"/invitations/{Secret}", "/health", "/ready"])
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True((int)answer.StatusCode < 500, path);
        }
    }

    [Fact]
    public async Task Lines_for_programs_name_routes_and_nobody()
    {
        var (output, error) = await ServeAsync([], AskAsync, "--log", "json");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var requests = lines.Where(l => l.GetProperty("Category").GetString() == "Entente.Requests").Select(l => l.GetProperty("State")).ToList();
        Assert.Contains(requests, r => r.GetProperty("Route").GetString() == "/structures/{key}" && r.GetProperty("Status").GetInt32() == 404);
        Assert.Contains(requests, r => r.GetProperty("Route").GetString() == "/search" && r.GetProperty("Status").GetInt32() == 200);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", output, StringComparison.Ordinal);
        Assert.Contains("Entente is at", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_is_told_of_routes_and_times()
    {
        var told = new ConcurrentBag<(string Path, string Body)>();
        await using var collector = await CollectorAsync(told);
        await ServeAsync([("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")], AskAsync);
        var traces = string.Concat(told.Where(t => t.Path == "/v1/traces").Select(t => t.Body));
        var metrics = string.Concat(told.Where(t => t.Path == "/v1/metrics").Select(t => t.Body));
        Assert.Contains("GET /structures/{key}", traces, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("entente", traces, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, traces + metrics, StringComparison.Ordinal);
    }

    static async Task<WebApplication> CollectorAsync(ConcurrentBag<(string, string)> told)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            told.Add((context.Request.Path.Value!, Encoding.Latin1.GetString(body.ToArray())));
            context.Response.StatusCode = (int)HttpStatusCode.OK;
        });
        await app.StartAsync();
        return app;
    }
}
