using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Pull;

/// <summary>
/// Asks the API of OpenAlex, one request at a time: politely, again where a failure may pass, and with a refusal in the end where
/// it does not. The key travels in a header only, never in an address, a message or a file.
/// </summary>
sealed class OpenAlexApi : IDisposable
{
    const int ShownOfServer = 200;

    readonly HttpClient _http;
    readonly Uri _server;
    readonly PullPace _pace;
    readonly TimeProvider _clock;
    readonly IProgress<ProgressReport>? _progress;
    long _last;

    public OpenAlexApi(Uri server, string? key, PullPace pace, TimeProvider clock, IProgress<ProgressReport>? progress)
    {
        (_server, _pace, _clock, _progress) = (new(server.AbsoluteUri.TrimEnd('/') + "/"), pace, clock, progress);
        // A redirect would carry the question elsewhere; it is reported instead of followed.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All };
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("entente");
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        if (!string.IsNullOrWhiteSpace(key)) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The JSON object at a path; null where the server has none (404, 410).</summary>
    public async Task<Outcome<JsonDocument?>> GetAsync(string path, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await PauseAsync(ct);
            var answer = await TryAsync(new Uri(_server, path), ct);
            if (answer.Document is not null || answer.Absent) return answer.Document;
            if (answer.Final is { } final) return final;
            var wait = WaitAfter(attempt, answer.RetryAfter);
            if (attempt >= _pace.Attempts || wait > _pace.LongestWait) return GivenUp(answer, attempt);
            if (wait >= TimeSpan.FromSeconds(1)) _progress?.Report(Waiting(wait, answer.Trouble!.Value));
            await Task.Delay(wait, _clock, ct);
        }
    }

    static ProgressReport Waiting(TimeSpan wait, Said trouble) =>
        new(new($"Waiting {wait.TotalSeconds:0} s: {trouble.En}", $"Attente de {wait.TotalSeconds:0} s : {trouble.Fr}"), 0, null, 0);

    async Task PauseAsync(CancellationToken ct)
    {
        var rest = _last == 0 ? TimeSpan.Zero : _pace.Between - _clock.GetElapsedTime(_last);
        if (rest > TimeSpan.Zero) await Task.Delay(rest, _clock, ct);
        _last = _clock.GetTimestamp();
    }

    /// <summary>One attempt: a document, nothing there, a final refusal, or a trouble that may pass.</summary>
    sealed record Answer(JsonDocument? Document = null, bool Absent = false, Refusal? Final = null, Said? Trouble = null, TimeSpan? RetryAfter = null);

    async Task<Answer> TryAsync(Uri address, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_pace.Patience);
        try
        {
            using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.IsSuccessStatusCode ? Read(body, response) : Failed(response, body);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(Trouble: new($"no answer within {_pace.Patience.TotalSeconds:0} seconds", $"pas de réponse en {_pace.Patience.TotalSeconds:0} secondes"));
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.ConnectionRefused } cause)
        {
            return new(Trouble: new($"the server cannot be reached ({cause.Message})", $"le serveur ne peut être joint ({cause.Message})"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(Trouble: new($"the connection was cut ({e.Message})", $"la connexion a été coupée ({e.Message})"));
        }
    }

    static Answer Read(byte[] body, HttpResponseMessage response)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            var kind = response.Content.Headers.ContentType?.MediaType ?? "?";
            return new(Trouble: new($"the answer is not JSON ({kind})", $"la réponse n’est pas du JSON ({kind})"));
        }
        if (!TimedOut(document.RootElement)) return new(document);
        document.Dispose();
        return new(Trouble: new("the server answered in part (timed_out)", "le serveur n’a répondu qu’en partie (timed_out)"));
    }

    static bool TimedOut(JsonElement root) =>
        Flag(root, "timed_out") || root.ValueKind == JsonValueKind.Object && root.TryGetProperty("meta", out var meta) && Flag(meta, "timed_out");

    static bool Flag(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    Answer Failed(HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return new(Absent: true);
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return new(Final: Refusal.Forbidden("pull-key",
                    $"{_server.Host} does not accept the key ({status}). Check OPENALEX_API_KEY in the environment, or take it out to ask without one.",
                    $"{_server.Host} n’accepte pas la clé ({status}). Vérifiez OPENALEX_API_KEY dans l’environnement, ou retirez-la pour demander sans clé."));
            case HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError:
                return new(Trouble: new($"the server answered {status}", $"le serveur a répondu {status}"), RetryAfter: RetryAfter(response));
            default:
                var said = Shown(body);
                return new(Final: Refusal.Invalid("pull-refused-by-server",
                    $"{_server.Host} refused the question ({status}){said}. Check the address given with --from, or update Entente if the API has changed.",
                    $"{_server.Host} a refusé la question ({status}){said}. Vérifiez l’adresse donnée avec --from, ou mettez Entente à jour si l’API a changé."));
        }
    }

    TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero,
        _ => null,
    };

    // What the server says is shown, cut and without control characters: it is a stranger's text on the reader's terminal.
    static string Shown(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var text = document.RootElement.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : "";
            text = new string([.. text.Where(c => !char.IsControl(c)).Take(ShownOfServer)]);
            return text.Length == 0 ? "" : $": {text}";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    TimeSpan WaitAfter(int attempt, TimeSpan? asked)
    {
        if (asked is { } wait) return wait;
        var full = Math.Min(_pace.FirstWait.TotalMilliseconds * Math.Pow(2, attempt - 1), _pace.LongestWait.TotalMilliseconds);
#pragma warning disable CA5394 // Jitter keeps many clients from coming back at once; it guards no secret.
        return TimeSpan.FromMilliseconds(full * (0.5 + Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }

    Refusal GivenUp(Answer answer, int attempts)
    {
        var trouble = answer.Trouble!.Value;
        var when = answer.RetryAfter is { } wait && wait > _pace.LongestWait
            ? new Said($" It asks to be left alone for {Minutes(wait)} minutes.", $" Il demande d’attendre {Minutes(wait)} minutes.") : new("", "");
        return Refusal.Invalid("pull-given-up",
            $"{_server.Host} did not answer as it should, {attempts} times: {trouble.En}.{when.En} What came so far is kept: the same line continues from there.",
            $"{_server.Host} n’a pas répondu comme il faut, {attempts} fois : {trouble.Fr}.{when.Fr} Ce qui est venu est gardé : la même ligne reprendra de là.");
    }

    static string Minutes(TimeSpan wait) => Math.Ceiling(wait.TotalMinutes).ToString("0", CultureInfo.InvariantCulture);
}
